// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.rest.http.AdmissionControlled;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.lab.testkit.Await;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine admits no more work: descriptors are refused unread, and waiting calls do not block others. */
final class OverloadApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /project/demo/graphs, /project/{project}/graphs",
        "POST, /project/demo/graphs/, /project/{project}/graphs",
        "POST, /api/v1/projects/demo/graphs, /api/v1/projects/{project}/graphs",
        "PUT, /api/v1/projects/demo/graphs/hello, /api/v1/projects/{project}/graphs/{graph}",
    })
    void descriptorsMayBeRefusedUnreadUnlessTheyMayBeRepetitions(String method, String path, String route) {
        assertThat(new AdmittedRoutes().route(method, path, header -> false)).hasValue(route);
        assertThat(new AdmittedRoutes().route(method, path, "Idempotency-Key"::equals))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /project/demo/graphs",
        "PUT, /api/v1/projects/demo/graphs",
        "POST, /api/v1/projects/demo/graphs/hello/stop",
        "POST, /api/v1/projects/demo/plans",
        "DELETE, /api/v1/projects/demo/graphs/hello",
        "POST, /api/v1/projects//graphs",
        "POST, /api/v1/projects/demo/graphsx",
    })
    void everythingElseIsReadFirst(String method, String path) {
        assertThat(new AdmittedRoutes().route(method, path, header -> false)).isEmpty();
    }

    @Test
    void allResourcesWithSuchMethodsAreLookedAt() {
        List<Class<?>> found = api.application().getSingletons().stream()
                .<Class<?>>map(Object::getClass)
                .filter(type -> Stream.of(type.getMethods())
                        .anyMatch(method -> method.isAnnotationPresent(AdmissionControlled.class)))
                .toList();
        assertThat(AdmittedRoutes.RESOURCES).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void whatWasAcceptedIsAnsweredUnderItsKeyAlsoNow() {
        Api.Answer accepted = api.post(GRAPHS, Samples.HELLO, "k-1");
        api.inMemoryCoreServices.admission = Optional.of(new Full());
        Api.Answer again = api.post(GRAPHS, Samples.HELLO, "k-1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(accepted.header("Location"));
    }

    @Test
    void readsRemovalsAndSmallCommandsAreLeftToTheEngine() {
        api.post(GRAPHS, Samples.HELLO);
        api.inMemoryCoreServices.admission = Optional.of(new Full());
        assertThat(api.get(HELLO).status()).isEqualTo(200);
        assertThat(api.post(HELLO + "/stop").status()).isEqualTo(202);
        assertThat(api.delete(HELLO).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /graphs/hello?project=demo",
        "POST, /graphs/hello/start?project=demo",
        "POST, /graphs/hello/stop?project=demo",
        "POST, /graphs/hello/placement?project=demo",
        "DELETE, /api/v1/projects/demo/graphs/hello",
        "POST, /api/v1/projects/demo/graphs/hello/start",
        "POST, /api/v1/projects/demo/graphs/hello/stop",
        "POST, /api/v1/projects/demo/graphs/hello/repair",
        "POST, /api/v1/projects/demo/graphs/hello/plans/x/apply",
        "POST, /api/v1/clusters/c1/drain",
    })
    void whatMakesWorkCanBeRefusedWithTheTimeToAskAgain(String method, String path) {
        api.inMemoryCoreServices.engine = Optional.empty();
        Api.Answer refused = api.call(method, path, BodyPublishers.noBody());
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void aRequestBeyondTheLimitOfWaitingOnesIsAnsweredAtOnce() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        String stop = api.post(HELLO + "/stop").header("Location");
        List<FutureTask<Api.Answer>> waiters = new ArrayList<>();
        for (int i = 0; i < Api.MAX_WAITS; i++) {
            FutureTask<Api.Answer> waiter = new FutureTask<>(() -> api.get(stop + "?wait=60"));
            waiters.add(waiter);
            new Thread(waiter).start();
        }
        Await.until("all places are taken", () -> api.graphs.operations.waiting() == Api.MAX_WAITS);

        Api.Answer further = api.get(stop + "?wait=60");
        assertThat(further.status()).isEqualTo(200);
        assertThat(further.json().path("state").asText()).isEqualTo("RUNNING");
        Api.Answer changed = api.post(GRAPHS + "?wait=60", Samples.STATIC);
        assertThat(changed.status()).as(changed.text()).isEqualTo(202);
        Api.Answer atTheRoot = api.post("/graphs/fixed/stop?project=demo");
        assertThat(atTheRoot.status()).isEqualTo(200);
        assertThat(atTheRoot.header("Smo-Warning")).contains("still in progress");
        assertThat(api.graphs.operations.waiting()).isEqualTo(Api.MAX_WAITS);

        api.graphs.operations.end(
                stop.substring(stop.lastIndexOf('/') + 1), Operation.State.SUCCEEDED, Optional.empty());
        for (FutureTask<Api.Answer> waiter : waiters) {
            assertThat(waiter.get(20, TimeUnit.SECONDS).json().path("state").asText())
                    .isEqualTo("SUCCEEDED");
        }
        // their places are free again
        FutureTask<Api.Answer> next = new FutureTask<>(() -> api.post(GRAPHS + "/fixed/start?wait=60"));
        new Thread(next).start();
        Await.until("a client waits for the operation", () -> api.graphs.operations.waiting() == 1);
        api.application().close();
        assertThat(next.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
    }

    /** Takes nothing. */
    static final class Full implements AdmissionControl {

        @Override
        public void admitChange() {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The server is overloaded",
                    Optional.of(Duration.ofSeconds(17)));
        }

        @Override
        public void admitRemoval() {
            admitChange();
        }

        @Override
        public Duration expectedWait() {
            return Duration.ofMinutes(1);
        }
    }
}
