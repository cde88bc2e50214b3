"""Writes the first inputs of the fuzz targets: seeds.py TARGET DATA_FOLDER INTO

From Discord's examples in tests/data, and a few conversations."""

import pathlib
import sys
import zlib

HELLO = b'{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}'
READY = (b'{"t":"READY","s":1,"op":0,"d":{"v":10,"session_id":"s","resume_gateway_url":"wss://r.example",'
         b'"guilds":[{"id":"1","unavailable":true}],"user":{"id":"2","username":"b"}}}')
EVENT = b'{"t":"MESSAGE_CREATE","s":2,"op":0,"d":{"id":"3","channel_id":"4","content":"\\ud83d\\udc4d"}}'
OTHERS = [b'{"op":11}', b'{"op":1,"d":null}', b'{"op":7,"d":null}', b'{"op":9,"d":true}', b'{"op":9,"d":false}',
          b'{"t":"RESUMED","s":null,"op":0,"d":null}', b'{"op":99}', b'{', b'']
PAYLOADS = [HELLO, READY, EVENT, *OTHERS]
KINDS = {"message": 0, "guild": 1, "unavailable-guild": 1, "channel": 2, "interaction": 3, "presence": 4, "ready": 5}


def streamed(payloads):
    deflate = zlib.compressobj()
    return [deflate.compress(one) + deflate.flush(zlib.Z_SYNC_FLUSH) for one in payloads]


def framed(messages, kind):
    return b"".join(bytes([kind, len(one)]) + one for one in messages if len(one) < 256)


def raw(messages, opcode):
    return b"".join(bytes([0x80 | opcode, len(one)]) + one for one in messages if len(one) < 126)


def inputs(target, data):
    documents = [file.read_bytes() for file in sorted(data.rglob("*.json"))]
    if target == "envelope":
        return PAYLOADS + [one for one in documents if b'"op"' in one]
    if target == "decode":
        out = []
        for file in sorted(data.rglob("*.json")):
            kind = next((number for name, number in KINDS.items() if file.name.startswith(name)), None)
            out += [bytes([kind]) + file.read_bytes()] if kind is not None else []
        return out
    if target == "inflate":
        whole = b"".join(streamed(PAYLOADS[:3]))
        return [bytes([cut]) + whole for cut in (0, 2, 8, 254)]
    return ([b"\0" + framed(PAYLOADS, 0), b"\1" + framed(streamed(PAYLOADS), 1), b"\2" + raw(PAYLOADS, 1),
             b"\3" + raw(streamed([HELLO]), 2), b"\2\x88\x02\x0f\xa4"]
            + [b"\0" + framed([HELLO, READY, one], 0) for one in OTHERS])


def main():
    target, data, into = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    into.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(inputs(target, data)):
        (into / f"seed-{number}").write_bytes(one)


if __name__ == "__main__":
    sys.exit(main())
