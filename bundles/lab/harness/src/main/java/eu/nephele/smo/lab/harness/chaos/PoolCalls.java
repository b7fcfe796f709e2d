// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.RetryingCaller.RetriedOutcome;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one client of a pool. */
final class PoolCalls {

    static final String POOL = "/api/v1/kinds/container-pool/resources/default";
    static final String GRAPHS = "/api/v1/projects/containers/graphs";

    private static final Logger LOG = LoggerFactory.getLogger(PoolCalls.class);
    private static final int CONFLICT = 409;
    private static final int MOST_CONFLICTS = 20;
    private static final long PAUSE_MILLIS = 500;

    private final RetryingCaller api;
    private final PromiseLedger ledger;
    private final Random random;
    private final RunToken token;

    PoolCalls(RetryingCaller api, PromiseLedger ledger, Random random, RunToken token) {
        this.token = token;
        this.api = api;
        this.ledger = ledger;
        this.random = random;
    }

    /**
     * A change that was asked for.
     *
     * @param outcome of its last request
     * @param request its last request
     */
    record ChangeOutcome(RetriedOutcome outcome, ApiRequest request) {

        /** Empty when it is unknown whether the change happened. */
        Optional<ApiResponse> known() {
            return outcome.answer();
        }

        boolean isGood() {
            return outcome.answer().filter(ApiResponse::isGood).isPresent();
        }
    }

    /** Asks for a change; again when somebody else changed the pool meanwhile: a starting server reads its file. */
    ChangeOutcome change(String path) throws InterruptedException {
        ChangeOutcome last = once(path);
        for (int i = 0;
                i < MOST_CONFLICTS
                        && last.known().filter(it -> it.status() == CONFLICT).isPresent();
                i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            last = once(path);
        }
        return last;
    }

    private ChangeOutcome once(String path) throws InterruptedException {
        String key = new UUID(random.nextLong(), random.nextLong()).toString();
        ApiRequest request = new ApiRequest("POST", path, "", Optional.of(key)).with(token);
        ledger.sent(key, path);
        ChangeOutcome asked = new ChangeOutcome(api.ask(request), request);
        LOG.info(
                "change path={} repeated={} answer=\"{}\"",
                path,
                asked.outcome().repeated(),
                asked.known().map(it -> it.status() + " " + it.text()).orElse("none"));
        return asked;
    }

    void acknowledge(ChangeOutcome change, String what, String service) {
        ledger.acknowledge(what);
        change.request().key().ifPresent(key -> ledger.request(key, "%s of %s".formatted(what, service)));
    }

    void refused(ChangeOutcome change) {
        change.known()
                .ifPresent(it -> ledger.refused("%s: %d %s"
                        .formatted(
                                change.request().path(), it.status(), it.text().strip())));
    }

    /** Replicas that somebody asked for, of the pool or in the core, as long as that counts, or decided ones; empty without such a graph. */
    Optional<Integer> replicas(String service) throws InterruptedException {
        JsonNode pool = get(POOL);
        JsonNode asked = pool.path("desired").path("scaled").path(service);
        String told = pool.path("observed")
                .path("services")
                .path(service)
                .path("held")
                .asText();
        if (asked.isObject() && !asked.path("at").asText().equals(told)) {
            return Optional.of(asked.path("replicas").asInt());
        }
        JsonNode graph = get(GRAPHS + "/" + service);
        JsonNode first = graph.path("services").path(0);
        if (first.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode hold = first.path("hold");
        boolean held = hold.isObject()
                && (hold.path("until").isNull()
                        || Instant.parse(hold.path("until").asText()).isAfter(Instant.now()));
        return Optional.of(
                held ? hold.path("replicas").asInt() : first.path("replicas").asInt());
    }

    /** Whether somebody has set its replicas by hand. */
    boolean isHeld(String service) throws InterruptedException {
        return get(GRAPHS + "/" + service).at("/services/0/hold").isObject();
    }

    /** The image of a service in the running file of the pool. */
    String image(String service) throws InterruptedException {
        return get(POOL)
                .path("desired")
                .path("file")
                .path("services")
                .path(service)
                .path("image")
                .asText();
    }

    private JsonNode get(String path) throws InterruptedException {
        Optional<ApiResponse> answer = Optional.empty();
        while (answer.isEmpty()) {
            answer = api.ask(ApiRequest.get(path)).answer();
        }
        return answer.get().json();
    }
}
