// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.players.LoadExporter;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

final class ControlCommands {

    private static final String KNOWN =
            "Known: GET /summary, GET /objects, PUT /load/NAMESPACE/SERVICE/REQUESTS_PER_SECOND,"
                    + " PUT /clusters/NAME/ready|gone, PUT /clusters/NAME/frozen|thawed,"
                    + " PUT /clusters/NAME/nodes-alive|nodes-dead,"
                    + " PUT /clusters/NAME/controllers-running|controllers-stopped,"
                    + " PUT /clusters/NAME/token-valid|token-expired,"
                    + " PUT /clusters/NAME/mcs-present|mcs-absent, PUT /site/heard|silent,"
                    + " PUT /karmada/controllers|scheduler/running|stopped";

    private final Testbed testbed;

    ControlCommands(Testbed testbed) {
        this.testbed = testbed;
    }

    /** @param words method and segments of the path */
    String obey(List<String> words) throws IOException, InterruptedException {
        String order = words.get(0) + " " + words.get(1);
        return switch (words.size() + " " + order) {
            case "2 GET summary" -> testbed.summary() + "\n";
            case "2 GET objects" ->
                testbed.objects().stream().map(ReconciledObject::toString).collect(Collectors.joining("\n", "", "\n"));
            case "5 PUT load" -> load(words.get(2), words.get(3), words.get(4));
            case "4 PUT clusters" -> cluster(words.get(2), words.get(3));
            case "4 PUT karmada" -> karmada(words.get(2), words.get(3));
            case "3 PUT site" -> site(words.get(2));
            default -> throw new IllegalArgumentException(String.join("/", words) + " is unknown. " + KNOWN);
        };
    }

    private String load(String namespace, String service, String rate) {
        try {
            testbed.load().setRate(new LoadExporter.Source(namespace, service), Double.parseDouble(rate));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rate + " is not a number of requests per second", e);
        }
        return "Load of %s/%s: %s requests per second%n".formatted(namespace, service, rate);
    }

    private String cluster(String name, String what) throws IOException, InterruptedException {
        switch (what) {
            case "ready" -> testbed.setReady(name, true);
            case "gone" -> testbed.setReady(name, false);
            case "frozen" -> testbed.setFrozen(name, true);
            case "thawed" -> testbed.setFrozen(name, false);
            case "nodes-alive" -> testbed.setNodesAlive(name, true);
            case "nodes-dead" -> testbed.setNodesAlive(name, false);
            case "controllers-running" -> testbed.setKubernetesControllersRunning(name, true);
            case "controllers-stopped" -> testbed.setKubernetesControllersRunning(name, false);
            case "token-valid" -> testbed.setTokenValid(name, true);
            case "token-expired" -> testbed.setTokenValid(name, false);
            case "mcs-present" -> testbed.setMultiClusterServices(name, true);
            case "mcs-absent" -> testbed.setMultiClusterServices(name, false);
            default -> throw new IllegalArgumentException(what + " is unknown. " + KNOWN);
        }
        return "%s: %s%n".formatted(name, what);
    }

    private String karmada(String who, String what) throws IOException, InterruptedException {
        if (!what.equals("running") && !what.equals("stopped")) {
            throw new IllegalArgumentException(what + " is unknown. " + KNOWN);
        }
        switch (who) {
            case "controllers" -> testbed.setControllersRunning(what.equals("running"));
            case "scheduler" -> testbed.setSchedulerRunning(what.equals("running"));
            default -> throw new IllegalArgumentException(who + " is unknown. " + KNOWN);
        }
        return "The %s of Karmada: %s%n".formatted(who, what);
    }

    private String site(String what) throws IOException {
        switch (what) {
            case "heard" -> testbed.prometheus().setSiteHeard(true);
            case "silent" -> testbed.prometheus().setSiteHeard(false);
            default -> throw new IllegalArgumentException(what + " is unknown. " + KNOWN);
        }
        return "The site is %s%n".formatted(what);
    }
}
