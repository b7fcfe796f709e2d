// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.FakeSmo.Call;
import eu.nephele.smo.access.cli.FakeSmo.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plugins, shadows and a journal as far as the demo needs them: requests are recorded with the strategy in use. */
final class FakePlatform {

    private static final String PLUGINS = "/api/v1/plugins";
    private static final String PLUGIN = PLUGINS + "/eu.h3ni.energy-aware";
    private static final String SHADOW = "/api/v1/shadows/s1";
    private static final String CROWD = "/api/v1/projects/demo-crowd/graphs";

    private final Map<String, List<String>> journal = new HashMap<>();
    private String installed = "";
    private String state = "ACTIVE";
    private double shadowCarbon = 0.3;
    private boolean promoted;
    private int forgotten;
    private int refused;
    private int installations;
    private Reply upload = ok(operation("\"plugin\":\"eu.h3ni.energy-aware\"", "SUCCEEDED"));
    private boolean swaps = true;
    private boolean stays;
    private String upgradeEnds = "SUCCEEDED";

    FakeSmo on(FakeSmo server) {
        return server.program(this::answer);
    }

    /** As an earlier run has left it, or somebody who has stopped it. */
    FakePlatform installed(String version, String itsState) {
        installed = version;
        state = itsState;
        return this;
    }

    /** What an upload ends with, and what is shown of the plugin then. */
    FakePlatform refuses(int status, String shownState) {
        upload = new Reply(status, "{\"status\":%d,\"detail\":\"refused\"}".formatted(status));
        state = shownState;
        return this;
    }

    /** Sum of three decisions in the shadow; live it is 0.9. */
    FakePlatform shadowCarbon(double sum) {
        shadowCarbon = sum;
        return this;
    }

    /** Answers that many placements of small graphs well and keeps no record of them. */
    FakePlatform forgets(int count) {
        forgotten = count;
        return this;
    }

    /** Answers that many placements of small graphs with 500. */
    FakePlatform fails(int count) {
        refused = count;
        return this;
    }

    /** As the intents of a graph may ask for. */
    FakePlatform graphStays() {
        stays = true;
        return this;
    }

    FakePlatform rollsBack() {
        upgradeEnds = "FAILED";
        swaps = false;
        return this;
    }

    /** Says that it has swapped and goes on with the old version. */
    FakePlatform onlySaysThatItSwaps() {
        swaps = false;
        return this;
    }

    private Optional<Reply> answer(Call call) {
        String path = call.path();
        return switch (call.method()) {
            case "GET" -> get(path);
            case "DELETE" -> path.equals(SHADOW) || path.startsWith(CROWD) ? Optional.of(ok("{}")) : Optional.empty();
            default -> post(path);
        };
    }

    private Optional<Reply> get(String path) {
        if (path.equals(PLUGIN)) {
            return installed.isEmpty() ? Optional.empty() : Optional.of(ok(plugin()));
        }
        if (path.equals(SHADOW)) {
            return Optional.of(ok(report()));
        }
        if (path.endsWith("/decisions")) {
            List<String> items = journal.getOrDefault(path, List.of());
            return Optional.of(ok(Sample.page(items.toArray(String[]::new))));
        }
        return path.contains("/decisions/")
                ? Optional.of(ok(decision(path.substring(path.lastIndexOf('/') + 1))))
                : Optional.empty();
    }

    private Optional<Reply> post(String path) {
        if (path.equals(PLUGINS)) {
            installations++;
            installed = "1.0.0";
            return Optional.of(upload);
        }
        if (path.equals(PLUGIN + "/upgrade")) {
            installed = !swaps ? installed : installed.equals("1.0.0") ? "2.0.0" : "1.0.0";
            return Optional.of(ok(operation("\"plugin\":\"eu.h3ni.energy-aware\"", upgradeEnds)));
        }
        if (path.equals("/api/v1/shadows")) {
            return Optional.of(ok("{\"id\":\"s1\"}"));
        }
        if (path.equals(SHADOW + "/promote")) {
            promoted = true;
            return Optional.of(ok(operation("\"graph\":{\"href\":\"%s\"}".formatted(Sample.GRAPH), "SUCCEEDED")));
        }
        if (path.equals(CROWD)) {
            return Optional.of(ok("{}"));
        }
        return path.endsWith("/placement") ? Optional.of(placement(path.replace("/placement", ""))) : Optional.empty();
    }

    private Reply placement(String graph) {
        boolean small = graph.startsWith(CROWD);
        if (stays && !small) {
            return new Reply(409, "{\"status\":409,\"detail\":\"only a failover moves this graph\"}");
        }
        if (small && refused > 0) {
            refused--;
            return new Reply(500, "{\"status\":500,\"detail\":\"out of order\"}");
        }
        if (small && forgotten > 0) {
            forgotten--;
        } else {
            List<String> items = journal.computeIfAbsent(graph + "/decisions", any -> new ArrayList<>());
            String strategy = small || promoted ? "h3ni.energy-aware" : "optimal";
            items.add(0, """
                    {"id":"%d","kind":"placement","reason":"replace","strategy":{"id":"%s","version":"%s"},"fallback":false}""".formatted(items.size(), strategy, installed));
        }
        return ok(operation("\"graph\":{\"href\":\"%s\"}".formatted(graph), "SUCCEEDED"));
    }

    /** The one in force is d1. */
    private String decision(String id) {
        return promoted
                ? Sample.decision(id, "placement", "h3ni.energy-aware", """
                        {"terms":[{"objective":"moves","value":1},{"objective":"carbon","value":0.1}]}""")
                : Sample.decision(id, "placement", "optimal", "{}");
    }

    private String plugin() {
        return """
                {"id":"eu.h3ni.energy-aware","versions":[{"id":"eu.h3ni.energy-aware","version":"%s","state":"%s","why":"signature: not signed",
                 "installedAt":"2026-11-20T10:00:00Z","services":[{"kind":"placement","name":"h3ni.energy-aware"}],
                 "admission":[{"rule":"imports","verdict":"PASSED","detail":"all there"},{"rule":"signature","verdict":"WARNED","detail":"not signed"}],
                 "conformance":{"services":[{"subject":"placement strategy h3ni.energy-aware (a.b.C)","passed":true,"tookMillis":1200,
                   "checks":[{"name":"keeps its time","result":"PASSED","detail":""}]}]}}]}""".formatted(installed, state);
    }

    private String report() {
        return String.format(Locale.ROOT, """
                {"shadow":{"id":"s1"},"compared":3,"agreed":0,"onlyLive":0,"onlyShadow":0,"dropped":0,"faults":0,"shadowMoves":3,
                 "terms":[{"objective":"carbon","unit":"kg CO2eq/h","live":0.9,"shadow":%f,"difference":%f}],"latest":[]}""", shadowCarbon, shadowCarbon - 0.9);
    }

    private static String operation(String subject, String state) {
        return """
                {"id":"o9","kind":"X","state":"%s","href":"/api/v1/operations/o9","message":"","error":{"message":"it overbooks"},
                 "steps":[{"action":"REHEARSE","message":"20 the same"}],%s}""".formatted(state, subject);
    }

    int installations() {
        return installations;
    }

    private static Reply ok(String body) {
        return new Reply(200, body);
    }
}
