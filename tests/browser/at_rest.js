// Listens to what a page and the server say to each other. `atRest()` says whether all that the page
// asked for has been answered: Streamlit itself shows "running" only once the server has begun.
{
    const ASKED_FOR_A_RUN = 11, HASH = 1, METADATA = 2;  // fields of BackMsg and ForwardMsg
    const RUN_BEGINS = 4, RUN_ENDS = 6;
    const GAVE_WAY_TO_ANOTHER = 2;
    let waiting = true, begun = false;

    const numberAt = (bytes, at) => {
        let number = 0;
        for (let shift = 0; ; shift += 7) {
            const byte = bytes[at++];
            number |= (byte & 127) << shift;
            if (byte < 128) return [number, at];
        }
    };

    const fieldAt = (bytes, at) => {
        const [tag, start] = numberAt(bytes, at);
        return [tag >> 3, ...numberAt(bytes, start)];
    };

    const kindOf = bytes => {
        let [field, value, at] = fieldAt(bytes, 0);
        while (field === HASH || field === METADATA) [field, value, at] = fieldAt(bytes, at + value);
        return [field, value];
    };

    const heard = ({data}) => {
        const [field, value] = kindOf(new Uint8Array(data));
        if (field === RUN_BEGINS) begun = true;
        if (field === RUN_ENDS && begun && value !== GAVE_WAY_TO_ANOTHER) waiting = false;
    };

    window.WebSocket = class extends WebSocket {
        constructor(...words) {
            super(...words);
            this.addEventListener('message', heard);
        }

        send(data) {
            if (kindOf(new Uint8Array(data))[0] === ASKED_FOR_A_RUN) [waiting, begun] = [true, false];
            super.send(data);
        }
    };

    window.atRest = () => {
        const {testScriptState, testConnectionState} =
            document.querySelector('[data-testid=stApp]')?.dataset ?? {};
        return !waiting && testScriptState === 'notRunning' && testConnectionState === 'CONNECTED';
    };
}
