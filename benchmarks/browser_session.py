"""A browser session without a browser: it speaks Streamlit's websocket protocol with a server."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_LARGEST_MESSAGE = 200_000_000  # bytes
_GIVE_UP = 180.0  # seconds


class SessionFailed(Exception):
    """The server did not do what it was asked, or the page showed an error."""


@dataclass
class BrowserSession:
    """One visitor: opens pages, fills in fields and presses buttons, one thing after the other.

    `received`: everything that came since the last step. `errors`: what the pages showed as
    unforeseen errors. `session_id`: the server's name for the session; who connects with that of
    a connection that was cut finds the session again.
    """

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    session_id: str = ""
    _connection: ClientConnection | None = None
    _pages: dict[str, str] = field(default_factory=dict)
    _page: str = ""
    _widgets: dict[str, Any] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
            max_size=_LARGEST_MESSAGE,
            additional_headers=self.headers,
            # As Streamlit's own page does: the second stands for a token that is not needed here.
            subprotocols=[Subprotocol(n) for n in ("streamlit", "no-token", self.session_id)]
            if self.session_id
            else None,
            open_timeout=_GIVE_UP,
            ping_interval=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            await self._connection.close()

    def cut(self) -> None:
        """Cut the connection as a network does: without a word to the server."""
        assert self._connection is not None
        self._connection.transport.abort()

    async def open(self, page: str = "") -> None:
        """Open a page by its address, such as `similarity`; "" is the start page."""
        for _ in range(2):  # a server names its pages only from its second answer on
            if page and page not in self._pages:
                await self._rerun(ClientState())
        if page and page not in self._pages:
            raise SessionFailed(f"There is no page “{page}”.")
        self._page = self._pages[page] if page else ""
        await self._rerun(ClientState(page_script_hash=self._page))

    async def press(self, label: str, **fields: str) -> None:
        """Press the button of this label; `fields`: what is typed before, by label with `_`."""
        button = self._widget("button", label)
        states = [WidgetState(id=button.id, trigger_value=True)]
        for name, value in fields.items():
            typed = self._widget("text_area", name.replace("_", " "))
            states.append(WidgetState(id=typed.id, string_value=value))
        await self._change(*states)

    async def tick(self, label: str) -> None:
        """Tick the checkbox of this label."""
        box = self._widget("checkbox", label)
        await self._change(WidgetState(id=box.id, bool_value=True))

    async def _change(self, *states: WidgetState) -> None:
        state = ClientState(page_script_hash=self._page)
        state.widget_states.widgets.extend(states)
        await self._rerun(state)

    def _widget(self, kind: str, label: str) -> Any:
        for element in self._widgets.values():
            if element.WhichOneof("type") == kind:
                widget = getattr(element, kind)
                if widget.label.startswith(label):
                    return widget
        raise SessionFailed(f"There is no {kind} “{label}” on the page.")

    async def _rerun(self, state: ClientState) -> None:
        assert self._connection is not None
        self.received, self._widgets = [], {}
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(_GIVE_UP):
            while True:
                data = await self._connection.recv(decode=False)
                self.received.append(data)
                if self._take(ForwardMsg.FromString(data)):
                    return

    def _take(self, message: ForwardMsg) -> bool:
        """Take one message over, and return whether the script is through."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self.session_id = message.new_session.initialize.session_id
            for page in message.new_session.app_pages:
                address = page.url_pathname.replace(
                    " ", "_"
                )  # Streamlit's browser part does so, too
                self._pages[address] = page.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self._widgets[str(list(message.metadata.delta_path))] = element
            if element.WhichOneof("type") == "exception":
                self.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "script_finished":
            return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False
