// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Bodies at and beyond the limits: long, deep, wide, inflating, or with a false length. */
final class SizeAttack implements Attack {

    private static final int LIMIT = 5_242_880;
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    @Override
    public String name() {
        return "size";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        RawRequest rawRequest = target.request("POST", AttackTarget.GRAPHS);
        return switch (random.nextInt(10)) {
            case 0 -> refused("a body around the limit", rawRequest.bytes(JSON, spaces(LIMIT + random.nextInt(3) - 1)));
            case 1 -> refused("deep arrays", rawRequest.bytes(JSON, text("[".repeat(100 + random.nextInt(50_000)))));
            case 2 ->
                refused("deep objects", rawRequest.bytes(JSON, text("{\"a\":".repeat(100 + random.nextInt(20_000)))));
            case 3 -> refused("aliases that grow", rawRequest.bytes(YAML, text(aliases(3 + random.nextInt(8)))));
            case 4 -> refused("a merge key of itself", rawRequest.bytes(YAML, text("a: &a\n  <<: *a\nhdaGraph: *a\n")));
            case 5 -> refused("many members", rawRequest.bytes(JSON, text(members(1 + random.nextInt(50_000)))));
            case 6 ->
                refused("deep flow in YAML", rawRequest.bytes(YAML, text("[".repeat(1000 + random.nextInt(20_000)))));
            case 7 ->
                refused(
                        "no text at all",
                        rawRequest.bytes(
                                random.nextBoolean() ? JSON : YAML,
                                RandomPick.noise(random, 1 + random.nextInt(100_000))));
            case 8 -> lie(random, rawRequest);
            default -> chunks(random, rawRequest);
        };
    }

    private static Shot refused(String what, byte[] bytes) {
        return Shot.create(what, "POST", Demand.REFUSAL, bytes);
    }

    private static Shot lie(Random random, RawRequest rawRequest) {
        String length = RandomPick.one(
                random, List.of("-1", "+5", "0x10", "5, 6", "99999999999999999999", "3000000000", "1e3", "", "5 5"));
        rawRequest.header("Content-Type", JSON).header("Content-Length", length);
        return refused("Content-Length: " + length, RawRequest.join(rawRequest.bytes(), text("{}")));
    }

    private static Shot chunks(Random random, RawRequest rawRequest) {
        String size = RandomPick.one(
                random,
                List.of("-1", "FFFFFFFFFFFFFFFF1", "zz", "", "0x2", "7fffffff;" + "x".repeat(500), "2;a=\"", " 2"));
        rawRequest.header("Content-Type", JSON).header("Transfer-Encoding", "chunked");
        byte[] whole = RawRequest.join(rawRequest.bytes(), text(size + "\r\n{}\r\n0\r\n\r\n"));
        // the server waits for an announced chunk whose sender has gone
        return new Shot("chunk of " + size, "POST", List.of(whole), 0, Demand.END, Optional.empty());
    }

    private static byte[] spaces(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) ' ');
        return bytes;
    }

    private static String aliases(int levels) {
        StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < levels; i++) {
            text.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(8) + "*a" + (i - 1)));
        }
        return text.append("hdaGraph: *a").append(levels - 1).append("\n").toString();
    }

    private static String members(int count) {
        StringBuilder text = new StringBuilder("{\"hdaGraph\":{");
        for (int i = 0; i < count; i++) {
            text.append("\"m").append(i).append("\":").append(i).append(',');
        }
        return text.append("\"id\":\"x\"}}").toString();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
