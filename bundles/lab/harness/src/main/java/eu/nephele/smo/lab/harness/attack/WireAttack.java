// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Input that is hardly HTTP: noise, broken request lines, other protocols, smuggled requests. */
final class WireAttack implements Attack {

    private static final List<String> LINES = List.of(
            "GET\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "get / http/1.1\r\n\r\n",
            "GET / HTTP/1.1\nHost: x\n\n",
            "\r\n\r\n\r\n\r\n",
            "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\r\n\r\n",
            "FOO\u0000 / HTTP/1.1\r\nHost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
            "SSH-2.0-x\r\n",
            "EHLO x\r\n",
            "*1\r\n$4\r\nPING\r\n");

    @Override
    public String name() {
        return "wire";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        return switch (random.nextInt(4)) {
            case 0 -> Shot.create("noise", "GET", Demand.END, RandomPick.noise(random, 1 + random.nextInt(20_000)));
            case 1 -> longLine(random, target);
            case 2 -> smuggled(random, target);
            default -> {
                String line = RandomPick.one(random, LINES);
                yield Shot.create(
                        "wire " + line.substring(0, Math.min(20, line.length())).strip(),
                        "GET",
                        Demand.END,
                        line.getBytes(StandardCharsets.ISO_8859_1));
            }
        };
    }

    private static Shot longLine(Random random, AttackTarget target) {
        int length = 8000 + random.nextInt(60_000);
        return Shot.create(
                "request line of " + length + " characters",
                "GET",
                Demand.ANSWER,
                target.get("/api/v1/clusters?cursor=" + "a".repeat(length)).bytes());
    }

    /** Two lengths: a reader of one of them finds a second request in the body. */
    private static Shot smuggled(Random random, AttackTarget target) {
        String second = "0\r\n\r\nDELETE " + AttackTarget.GRAPHS + "/" + AttackServer.WITNESS + " HTTP/1.1\r\nHost: "
                + target.host() + "\r\n\r\n";
        RawRequest rawRequest = target.request("POST", AttackTarget.GRAPHS)
                .header("Content-Type", "application/json")
                .header("Content-Length", Integer.toString(random.nextInt(second.length() + 1)))
                .header(
                        "Transfer-Encoding",
                        RandomPick.one(
                                random,
                                List.of(
                                        "chunked",
                                        "identity, chunked",
                                        "xchunked",
                                        "chunked, chunked",
                                        "chunked\u000b")));
        return Shot.create(
                "two lengths",
                "POST",
                Demand.REFUSAL,
                RawRequest.join(rawRequest.bytes(), second.getBytes(StandardCharsets.US_ASCII)));
    }
}
