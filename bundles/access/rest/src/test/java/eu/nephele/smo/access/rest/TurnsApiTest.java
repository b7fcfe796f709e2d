// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparison and change are one step among the changes of a graph, by whatever path they come (ADR 0028). */
@Timeout(60)
final class TurnsApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE|/graphs/hello|",
                "POST|/graphs/hello/stop|",
                "POST|/graphs/hello/placement|",
                "DELETE|/api/v1/projects/demo/graphs/hello|",
                "POST|/api/v1/projects/demo/graphs/hello/stop|",
                "PUT|/api/v1/projects/demo/graphs/hello/automation|{\"paused\":true}",
                "POST|/api/v1/projects/demo/graphs|" + Samples.HELLO,
                "POST|/project/demo/graphs|" + Samples.HELLO
            })
    void noOtherChangeComesBetweenAComparisonAndItsChange(String method, String path, String body) throws Exception {
        api.post(GRAPHS, Samples.HELLO);

        waitsForAnUpdate(() -> body == null
                ? api.call(method, path, BodyPublishers.noBody())
                : api.call(method, path, BodyPublishers.ofString(body), "Content-Type", "application/json"));
    }

    @Test
    void aPlanIsNotAppliedBetweenAComparisonAndItsChange() throws Exception {
        api.post(GRAPHS, Samples.HELLO);
        String plan =
                api.post(HELLO + "/plan", Samples.OTHER_HELLO).json().path("id").asText();
        assertThat(plan).isNotEmpty();

        waitsForAnUpdate(() -> api.post(HELLO + "/plans/" + plan + "/apply"));
    }

    private void waitsForAnUpdate(Callable<Api.Answer> change) throws Exception {
        String tag = api.get(HELLO).header("ETag");
        FutureTask<Api.Answer> other = new FutureTask<>(change);
        AtomicBoolean overtaken = new AtomicBoolean();
        api.graphs.beforeUpdate = () -> {
            // of this update only: applying a plan is one, too
            api.graphs.beforeUpdate = () -> {};
            new Thread(other).start();
            overtaken.set(endsBeforeItWaits(other));
        };

        Api.Answer updated = api.call(
                "PUT",
                HELLO,
                BodyPublishers.ofString(Samples.OTHER_HELLO),
                "Content-Type",
                "application/json",
                "If-Match",
                tag);

        assertThat(updated.status()).as(updated.text()).isEqualTo(202);
        assertThat(overtaken).isFalse();
        assertThat(other.get(30, TimeUnit.SECONDS).status()).isLessThan(500);
    }

    private static boolean endsBeforeItWaits(FutureTask<?> other) {
        while (!other.isDone()) {
            if (Thread.getAllStackTraces().entrySet().stream().anyMatch(TurnsApiTest::waitsForItsTurn)) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static boolean waitsForItsTurn(Map.Entry<Thread, StackTraceElement[]> thread) {
        StackTraceElement[] stack = thread.getValue();
        return thread.getKey().getState() == Thread.State.BLOCKED
                && stack.length > 0
                && stack[0].getClassName().endsWith(".GraphChangeLock");
    }
}
