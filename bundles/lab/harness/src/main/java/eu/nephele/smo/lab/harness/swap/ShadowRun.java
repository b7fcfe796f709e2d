// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Live decisions with and without a shadow, in turns, on one server. */
public final class ShadowRun {

    private static final int TURNS = 4;
    private static final int SPARE_SECONDS = 30;
    private static final String SHADOW =
            "{\"kind\":\"placement\",\"strategy\":{\"id\":\"greedy\"},\"project\":\"swap\"}";

    private final SwapOptions options;
    private final Path folder;
    private final PrintStream progress;

    public ShadowRun(SwapOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
    }

    /** @throws IOException when the server does not start, or rejects the shadow */
    public ShadowCost run() throws IOException, InterruptedException {
        Path workshop = Files.createDirectories(folder.resolve("data/tmp-jars"));
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (ServerUnderTest server =
                ServerUnderTest.start(options.server(), folder, SwapRun.TIMEOUT, "--profile", "swap")) {
            SwappedPlugin plugin = new SwappedPlugin(server, workshop, "swap-a");
            plugin.install();
            decisions(server);
            JsonNode last = server.get("/api/v1/shadows");
            for (int turn = 0; turn < TURNS; turn++) {
                without.addAll(decisions(server));
                String id = server.post("/api/v1/shadows", SHADOW).path("id").asText();
                with.addAll(decisions(server));
                last = server.get("/api/v1/shadows/" + id);
                server.delete("/api/v1/shadows/" + id);
                progress.printf("turn %d of %d%n", turn + 1, TURNS);
            }
            return ShadowCost.create(without, with, last);
        }
    }

    /** Milliseconds that each decision took. */
    private List<Double> decisions(ServerUnderTest server) throws IOException, InterruptedException {
        server.post(
                "/swap/begin?plugins=swap-a&perSecond=%d&seconds=%d"
                        .formatted(options.perSecond(), options.seconds() + SPARE_SECONDS),
                "");
        TimeUnit.SECONDS.sleep(options.seconds());
        int[] micros = SwapResult.numbers(server.post("/swap/end", "").path("decidedMicros"));
        return Arrays.stream(micros)
                .filter(each -> each > 0)
                .mapToObj(each -> each / 1_000.0)
                .toList();
    }
}
