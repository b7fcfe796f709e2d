// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads from the server that stands by, without end: also while it becomes the owner. */
final class StandbyReader implements Runnable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final long PAUSE_MILLIS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String READY = "/health/ready";
    private static final Set<String> ROLES = Set.of("owner", "standby");

    private final ServerBalancer balancer;
    private final PromiseLedger ledger;
    private final int graphs;
    private final StandbyReads reads = new StandbyReads();
    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private volatile boolean stopping;
    private int turn;

    StandbyReader(ServerBalancer balancer, PromiseLedger ledger, int graphs) {
        this.balancer = balancer;
        this.ledger = ledger;
        this.graphs = graphs;
    }

    StandbyReads.ReadSummary sum() {
        return reads.sum();
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                Optional<ServerBackend> standby = balancer.standby();
                if (standby.isPresent()) {
                    read(standby.get(), next());
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() {
        turn++;
        String list = ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT);
        List<String> paths = new ArrayList<>(List.of(
                "%s/g%d".formatted(list, turn % graphs), list + "?limit=100", "/api/v1/events?limit=20", READY));
        ledger.latestOperation().ifPresent(paths::add);
        return paths.get(turn % paths.size());
    }

    private void read(ServerBackend standby, String path) throws InterruptedException {
        int hits = standby.hits();
        long begin = System.nanoTime();
        Optional<String> wrong = wrong(standby, path);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (wrong.isEmpty()) {
            reads.good(millis);
        } else if (standby.hits() == hits) {
            reads.failed("%s after %d ms: GET %s: %s".formatted(standby, millis, path, wrong.get()));
        }
    }

    private Optional<String> wrong(ServerBackend standby, String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(standby.url().resolve(path))
                    .timeout(TIMEOUT)
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean right = (answer.statusCode() == OK && isWhole(path, json.readTree(answer.body())))
                    || (answer.statusCode() == NOT_FOUND && mayBeAbsent(path, answer.body()));
            return right ? Optional.empty() : Optional.of(answer.statusCode() + " " + answer.body());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static boolean isWhole(String path, JsonNode body) {
        return !path.equals(READY) || ROLES.contains(body.path("role").asText());
    }

    /** A graph may be removed; acknowledged operations and all lists must exist. */
    private static boolean mayBeAbsent(String path, String body) {
        return path.startsWith(ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT) + "/") && body.startsWith("{");
    }
}
