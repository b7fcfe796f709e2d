// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.lab.testkit.Await;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The REST API, or the engine behind it, stops while calls are in progress. */
class FarewellApiTest {

    private static final String GRAPHS = "/api/v1/projects/p/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void end() {
        api.close();
    }

    @Test
    void waitingRequestsAreAnsweredBeforeTheInterfaceEndsAndLaterOnesAreRejected() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        FutureTask<Api.Answer> waiter = new FutureTask<>(() -> api.post(HELLO + "/stop?wait=60"));
        new Thread(waiter).start();
        Await.until("a client waits for the operation", () -> api.graphs.operations.waiting() > 0);
        long begin = System.nanoTime();
        api.application().close();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                .as("seconds, of the 60 that were asked for")
                .isLessThan(30);

        Api.Answer answer = waiter.get(5, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("kind").asText()).isEqualTo("STOP");
        Api.Answer late = api.get(HELLO);
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("Retry-After")).isEqualTo("1");
        assertThat(late.problem()).isEqualTo("unavailable");
    }

    /**
     * The whiteboard makes the application anew for resources of others: nobody else is served until the last call has
     * ended.
     */
    @Test
    void waitingRequestsAreAnsweredBeforeTheApplicationIsRecreated() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        FutureTask<Api.Answer> waiter = new FutureTask<>(() -> api.post(HELLO + "/stop?wait=60"));
        new Thread(waiter).start();
        Await.until("a client waits for the operation", () -> api.graphs.operations.waiting() > 0);

        api.application().hurry();

        assertThat(waiter.get(5, TimeUnit.SECONDS).status()).isEqualTo(202);
        assertThat(api.get(HELLO).status()).isEqualTo(200);
    }

    @Test
    void anExchangeOfTheEngineDoesNotEndTheWaitForAnOperation() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        String operation = api.post(HELLO + "/stop").header("Location");
        FutureTask<Api.Answer> waiter = new FutureTask<>(() -> api.get(operation + "?wait=60"));
        new Thread(waiter).start();
        Await.until("a client waits for the operation", () -> api.graphs.operations.waiting() > 0);
        Optional<GraphService> engine = api.inMemoryCoreServices.engine;
        api.inMemoryCoreServices.engine = Optional.empty();
        Await.until("the engine was requested twice in vain", () -> api.inMemoryCoreServices.missed.get() >= 2);
        assertThat(waiter).isNotDone();
        api.inMemoryCoreServices.engine = engine;
        api.graphs.operations.end(
                operation.substring(operation.lastIndexOf('/') + 1), Operation.State.SUCCEEDED, Optional.empty());
        Api.Answer answer = waiter.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aWaitingReferenceRequestIsAnsweredWithAWarningWhenTheEngineEnds() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        api.graphs.leaving = true;
        Api.Answer answer = api.post("/graphs/hello/stop");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Smo-Warning")).contains("still in progress");
    }
}
