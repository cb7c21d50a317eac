"""An API of the tests' own, with every trap in one request, and a stand-in that takes anything."""

from typing import ClassVar

from collection.items import Modality
from providers.info import KeyField, Model, ProviderInfo
from providers.transport.api import HostedApi, ParsedAnswer
from providers.transport.request import DATA_URI, PictureData, Request
from stand_ins.answers import Answer, Refused
from stand_ins.server import StandIn

INFO = ProviderInfo(
    id="echo",
    title="Echo",
    summary="",
    good_at="",
    bad_at="",
    licence="",
    home_page="",
    models=(Model("parrot", (3,), 10, "", picture_side=1024),),
    version="1",
    embedded=False,
    key_fields=(
        KeyField("nickname", "Name", ("ECHO_NAME",), secret=False),
        KeyField("token", "Key", ("ECHO_KEY", "OTHER_KEY")),
    ),
)


class EchoApi(HostedApi):
    """JSON with pictures raw and as data URIs, and one extra header."""

    info = INFO
    header = "x-echo-key"
    prefix = ""
    key = "token"
    base_url = "https://echo.example"

    def request_for(self, setup, batch, credentials):
        entries = [
            {"raw": PictureData(i), "uri": [PictureData(i, DATA_URI)]}
            if i.modality is Modality.PICTURE
            else i.text
            for i in batch
        ]
        numbers = [1, -0.5, 1e-30, True, False, None, [], {}]
        body = {"model": "a $model", "odd $name`s`": numbers, "inputs": entries}
        return Request("/v1/echo:it?a=$b", json=body, headers={"X-Extra": 'it\'s $HOME `ls` "!"'})

    def read(self, setup, batch, answer):
        return ParsedAnswer(answer["rows"])


class EchoForm(EchoApi):
    """A form whose values mean something to curl."""

    def request_for(self, setup, batch, credentials):
        values = ("@secret", "<secret", "a;type=text/html", '"quoted"', "it's $HOME !", "plain")
        fields = tuple((f"field{at}", value) for at, value in enumerate(values))
        pictures = (("images", PictureData(i)) for i in batch if i.modality is Modality.PICTURE)
        return Request("/v1/form", parts=(*fields, *pictures))


class EchoStandIn(StandIn):
    """Takes any POST that has the key."""

    provider = "echo"
    routes: ClassVar = (("POST", r"/v1/.*", "take"),)

    def check_key(self, call):
        if call.headers.get("x-echo-key") != self.key:
            raise self.refusal(401, "The key is wrong.")

    def refusal(self, status, message, field="body"):
        return Refused(status, {"message": message})

    def take(self, call, match):
        return Answer(200, {"rows": [[0.0, 0.6, 0.8]]})
