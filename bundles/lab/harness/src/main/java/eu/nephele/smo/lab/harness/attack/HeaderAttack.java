// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Header fields that are malformed, doubled, too long, contradictory or false. */
final class HeaderAttack implements Attack {

    private static final List<String> LINES = List.of(
            "Host: evil.example",
            "Host: ",
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Origin: http://127.0.0.1\u0000",
            "Authorization: Bearer",
            "Authorization: Bearer x",
            "Authorization: Basic !!!",
            "Authorization: Bearer " + "A".repeat(4000),
            "Authorization: ",
            "Accept: */",
            "Accept: application/json;q=2",
            "Accept: text/plain",
            "Accept: ,,,",
            "Accept-Encoding: gzip;q=NaN",
            "Accept-Language: \u00ff\u00fe",
            "If-Match: ",
            "If-Match: W/\"x\"",
            "If-Match: \"unended",
            "If-None-Match: *, \"a\"",
            "If-None-Match: \"" + "e".repeat(3000) + "\"",
            "Idempotency-Key: ",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key: \u0001",
            "Content-Type: application/json; charset=utf-99",
            "Content-Type: /",
            "Content-Type: application/xml",
            "Content-Encoding: gzip",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Host: evil.example",
            "Forwarded: for=\"_x\"",
            "Range: bytes=0-,0-,0-,0-",
            "Expect: 200-maybe",
            "Upgrade: websocket",
            "Upgrade: h2c",
            "Connection: close, keep-alive, x",
            "Last-Event-ID: -1",
            "Last-Event-ID: " + "9".repeat(300),
            "X-Correlation-Id: \u007f",
            "X-Correlation-Id: " + "c".repeat(5000),
            "traceparent: 00-zz-zz-zz",
            "Cookie: " + "a=b; ".repeat(500),
            " folded: x",
            "NoColon",
            ": empty",
            "Bad Name: x",
            "X-Large: " + "x".repeat(9000),
            "If-Modified-Since: never",
            "Te: trailers, gzip",
            "Trailer: Content-Length",
            "Via: " + "1.1 x,".repeat(1000));
    private static final List<String> PATHS = List.of(
            "/api/v1/clusters",
            AttackTarget.GRAPHS,
            "/api/v1/plugins",
            "/health/ready",
            "/metrics",
            "/openapi.yaml",
            "/clusters",
            "/api/v1/operations",
            AttackTarget.GRAPHS + "/nobody");

    @Override
    public String name() {
        return "header";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        String method = random.nextInt(4) == 0 ? "PUT" : "GET";
        String path = method.equals("PUT") ? AttackTarget.GRAPHS + "/nobody" : RandomPick.one(random, PATHS);
        RawRequest request = random.nextInt(5) == 0 ? target.trusted(method, path) : target.request(method, path);
        List<String> chosen = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            chosen.add(RandomPick.one(random, LINES));
        }
        if (random.nextInt(40) == 0) {
            chosen.addAll(Collections.nCopies(600, "X-Many: 1"));
        }
        chosen.forEach(request::line);
        byte[] bytes =
                method.equals("PUT") ? request.bytes("application/json", new byte[] {'{', '}'}) : request.bytes();
        return Shot.create(method + " " + path + " " + shortened(chosen.toString()), method, Demand.ANSWER, bytes);
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "..." : text;
    }
}
