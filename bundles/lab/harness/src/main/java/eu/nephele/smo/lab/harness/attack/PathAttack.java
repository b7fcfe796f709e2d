// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.util.List;
import java.util.Random;

/** Paths that are ambiguous, lead elsewhere, or are not paths. */
final class PathAttack implements Attack {

    private static final List<String> ROOTS = List.of(
            "/api/v1/plugins",
            "/api/v1/configurations",
            "/system/console",
            "/api/v1/clusters",
            "/health",
            "/docs",
            AttackTarget.GRAPHS);
    private static final List<String> STEPS = List.of(
            "/..",
            "/.",
            "//",
            "/%2e%2e",
            "/%2E",
            "/..;a=b",
            "/;",
            "/%2f",
            "/%5c",
            "\\",
            "/%00",
            "/%zz",
            "/%",
            "/%c0%ae%c0%ae",
            "/%252e%252e",
            "/..%2f",
            "/~",
            "/%E2%80%AE",
            "/a",
            "/upgrade",
            "/WEB-INF/web.xml",
            "/etc/passwd",
            "/%u002e",
            "/*",
            "/{graph}",
            "/ä",
            "/%0d%0aX:y",
            "/null",
            "/-1",
            "/..%00",
            "/%20",
            "/'\"<>",
            "/plugins",
            "/clusters");
    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "?limit=-1",
            "?limit=99999999999999999999",
            "?limit=1&limit=2",
            "?cursor=%ff",
            "?cursor=" + "A".repeat(900),
            "?wait=1e9",
            "?wait=NaN",
            "?%00",
            "?a[b]=c",
            "?limit=%zz",
            "?=",
            "?&&&&",
            "?force=maybe",
            "#x");
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS");

    /** Changes that only the administrator may make; %s is the ambiguous part of the path. */
    private static final List<String> GUARDED = List.of(
            "/api/v1/plugins%s/upgrade",
            "/api/v1/plugins%s/stop",
            "/api/v1/plugins%s/rollback",
            "/api/v1/shadows%s/promote",
            "/api/v1%s/plugins/WITNESS/stop",
            "/api/v1/plugins%s/WITNESS/stop",
            "/api/v1/plugins/WITNESS%s/stop");

    private static final List<String> TWISTS = List.of(
            "/..",
            "/.",
            "/",
            "//..",
            "/x/..",
            "/x/../..",
            "/%2e%2e",
            "/.%2e",
            "/%2E",
            "/..;a=b",
            "/;",
            "/;/..",
            "/..%2f",
            "/%2f",
            "/%5c..",
            "/..%00",
            "/%252e%252e");

    @Override
    public String name() {
        return "path";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        return random.nextInt(5) == 0 ? aroundTheGate(random, target) : anywhere(random, target);
    }

    /** Carries a plugin that could be installed: a request that passes the gate gets an answer other than a refusal. */
    private static Shot aroundTheGate(Random random, AttackTarget target) {
        String path = RandomPick.one(random, GUARDED)
                .replace("%s", RandomPick.one(random, TWISTS))
                .replace("WITNESS", AttackServer.WITNESS_PLUGIN);
        byte[] plugin = new HostilePluginJar("attack.p" + target.number()).bytes();
        return Shot.create(
                "POST " + path + " without a token",
                "POST",
                Demand.DENIAL,
                target.request("POST", path).bytes("application/java-archive", plugin));
    }

    private static Shot anywhere(Random random, AttackTarget target) {
        String path =
                RandomPick.one(random, ROOTS) + RandomPick.some(random, STEPS, 4) + RandomPick.one(random, QUERIES);
        String method = RandomPick.one(random, METHODS);
        RawRequest request = random.nextInt(4) == 0 ? target.trusted(method, path) : target.request(method, path);
        boolean hasBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        byte[] bytes = hasBody ? request.bytes("application/json", new byte[] {'{', '}'}) : request.bytes();
        return Shot.create(method + " " + path, method, Demand.ANSWER, bytes);
    }
}
