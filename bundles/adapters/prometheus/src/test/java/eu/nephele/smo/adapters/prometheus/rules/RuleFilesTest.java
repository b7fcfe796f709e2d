// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.query.ScriptedHttp;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.runtime.Tenure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in a folder that fails. */
class RuleFilesTest {

    private static final WorkloadRef WORKLOAD = new WorkloadRef(new GraphId("demo", "g"), "s");

    @TempDir
    Path folder;

    private final OwnerFence fence = new OwnerFence("prometheus-files");
    private boolean vanishes;

    @Test
    void aFolderThatIsAwayIsNoFailureOfPrometheus() throws IOException {
        RuleFiles rules = rules();
        Files.delete(folder);
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> rules.owned("smo-1"));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.system()).isEqualTo("prometheus-files");
        assertThat(failure).hasMessageContaining("rulesFolder");
        assertThat(catchThrowableOfType(AdapterException.class, () -> ensure(rules, "lux < 1"))
                        .system())
                .isEqualTo("prometheus-files");
        Files.createDirectory(folder);
        ensure(rules, "lux < 1");
        assertThat(rules.owned("smo-1")).containsOnlyKeys(WORKLOAD);
    }

    @Test
    void whatCannotBeTakenBackSaysWhyItWasToBe() {
        RuleFiles rules = rules();
        ensure(rules, "lux < 1");
        vanishes = true;
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> ensure(rules, "lux < 2"));
        assertThat(failure.system()).isEqualTo("prometheus-files");
        assertThat(failure).hasMessageContaining("cannot be written").hasMessageContaining("no such configuration");
    }

    /** A lease that ends after so many reads of its remaining time. */
    private record Looks(AtomicInteger looks) implements Tenure {
        @Override
        public String holder() {
            return "me";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return looks.getAndDecrement() > 0 ? Duration.ofSeconds(1) : Duration.ZERO;
        }
    }

    @Test
    void whenTheLeaseIsOverNoRuleIsWritten() {
        RuleFiles rules = rules();
        fence.begin(new Looks(new AtomicInteger()));
        AdapterException refused = catchThrowableOfType(AdapterException.class, () -> ensure(rules, "lux < 1"));
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("nothing was sent");
        assertThat(folder).isEmptyDirectory();
        fence.begin(new Looks(new AtomicInteger(1)));
        ensure(rules, "lux < 1");
        assertThat(folder).isNotEmptyDirectory();
    }

    private static void ensure(RuleFiles rules, String promQl) {
        rules.ensure(WORKLOAD, new EventRule("e", promQl, Duration.ZERO, ""), "smo-1");
    }

    private RuleFiles rules() {
        return new RuleFiles(
                new RuleFolder(folder, "prometheus-files"),
                new PrometheusApi(new ScriptedHttp(this::answer), "prometheus"),
                "critical",
                fence);
    }

    private HttpAnswer answer(Map<String, String> form) {
        if (!form.getOrDefault("path", "").equals("/-/reload")) {
            return ScriptedHttp.data("vector", "[]");
        }
        if (!vanishes) {
            return new HttpAnswer(200, Map.of(), "");
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HttpAnswer(500, Map.of(), "no such configuration");
    }
}
