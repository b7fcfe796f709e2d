// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sends a few bytes and waits, again and again: each of many senders holds the server's resources for one client. */
final class SlowSender implements Attack {

    private static final int PAUSE_MILLIS = 500;
    private static final int PARTS = 60;

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        List<byte[]> parts = new ArrayList<>();
        String what;
        if (random.nextBoolean()) {
            what = "header fields that drip";
            parts.add(("GET /api/v1/clusters HTTP/1.1\r\nHost: " + target.host() + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < PARTS; i++) {
                parts.add("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } else {
            int length = random.nextBoolean() ? 100_000 : 2_000_000;
            what = "a body of %d bytes that drips".formatted(length);
            parts.add(target.request("POST", AttackTarget.GRAPHS)
                    .header("Content-Type", "application/json")
                    .header("Content-Length", Integer.toString(length))
                    .bytes());
            for (int i = 0; i < PARTS; i++) {
                parts.add(" ".repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return new Shot(what, "POST", parts, PAUSE_MILLIS, Demand.REFUSAL, Optional.empty());
    }
}
