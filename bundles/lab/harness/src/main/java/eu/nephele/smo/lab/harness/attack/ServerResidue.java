// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** @param things graphs, plugins and their states, webhooks, shadows, replays, operations that have not ended, files */
record ServerResidue(Set<String> things, ThreadCounts threads) {

    private static final List<String> FOLDERS = List.of("tmp", "plugins");
    /** Of a plugin that is not there: the latest of them are listed with the reason. */
    private static final String SHOWN = "REFUSED";

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SUPERSEDED");

    ServerResidue {
        things = Set.copyOf(things);
    }

    static ServerResidue from(ServerUnderTest server) throws IOException, InterruptedException {
        Set<String> things = new TreeSet<>();
        for (JsonNode project : items(server.get("/api/v1/projects"))) {
            String name = project.isTextual()
                    ? project.asText()
                    : project.path("name").asText();
            things.add("project " + name);
            for (JsonNode graph : items(server.get("/api/v1/projects/" + name + "/graphs?limit=1000"))) {
                things.add("graph " + name + "/" + graph.path("name").asText());
            }
        }
        for (String kind : List.of("plugins", "webhooks", "shadows", "replays")) {
            for (JsonNode item : items(server.get("/api/v1/" + kind))) {
                if (item.path("state").asText().equals(SHOWN)) {
                    continue;
                }
                things.add("%s %s %s %s"
                        .formatted(
                                kind,
                                item.path("id").asText(),
                                item.path("version").asText(),
                                item.path("state").asText()));
            }
        }
        for (JsonNode operation : items(server.get("/api/v1/operations?limit=1000"))) {
            if (!ENDED.contains(operation.path("state").asText())) {
                things.add("operation " + operation.path("id").asText());
            }
        }
        for (String folder : FOLDERS) {
            files(server.data().resolve(folder), things);
        }
        return new ServerResidue(things, ThreadCounts.from(server));
    }

    List<String> beyond(ServerResidue before) {
        Set<String> more = new TreeSet<>(things);
        more.removeAll(before.things);
        more.addAll(threads.beyond(before.threads));
        return List.copyOf(more);
    }

    private static JsonNode items(JsonNode answer) {
        return answer.isArray() ? answer : answer.path("items");
    }

    private static void files(Path folder, Set<String> things) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).forEach(file -> things.add("file " + file));
            }
        }
    }
}
