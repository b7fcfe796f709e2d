// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

import eu.nephele.smo.lab.attack.Shot.Demand;
import java.util.List;
import java.util.Random;

/** Paths that can be read in two ways, that lead elsewhere, that are no paths. */
final class PathAttack implements Attack {

    private static final List<String> ROOTS = List.of(
            "/api/v1/plugins",
            "/api/v1/configurations",
            "/system/console",
            "/api/v1/clusters",
            "/health",
            "/docs",
            Target.GRAPHS);
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

    @Override
    public String name() {
        return "path";
    }

    @Override
    public Shot next(Random random, Target target) {
        String path = Pick.one(random, ROOTS) + Pick.some(random, STEPS, 4) + Pick.one(random, QUERIES);
        String method = Pick.one(random, METHODS);
        Request request = random.nextInt(4) == 0 ? target.trusted(method, path) : target.request(method, path);
        boolean hasBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        byte[] bytes = hasBody ? request.bytes("application/json", new byte[] {'{', '}'}) : request.bytes();
        return Shot.of(method + " " + path, method, Demand.ANSWER, bytes);
    }
}
