// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server ends with the script that has started it. */
class SupervisorTest {

    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    private void follow(long script, ProcessHandle parent) {
        new Supervisor(script, Optional.of(parent)).follow(() -> gone.complete(true));
    }

    @Test
    void theEndOfTheScriptIsSeen() throws Exception {
        Process script = new ProcessBuilder("sleep", "600").start();
        try {
            follow(script.pid(), script.toHandle());
            assertThat(gone).isNotDone();
        } finally {
            script.destroyForcibly();
        }
        assertThat(gone.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aScriptThatHasGoneBeforeItWasLookedForIsNotTakenForWhoCameAfterIt() throws Exception {
        Process script = new ProcessBuilder("true").start();
        script.waitFor();
        follow(script.pid(), ProcessHandle.current());
        assertThat(gone.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theScriptIsTheOneThatSaysSo() {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        assertThat(Supervisor.told(Map.of("SMO_SUPERVISED", Long.toString(parent.pid()))))
                .contains(new Supervisor(parent.pid(), Optional.of(parent)));
        assertThat(Supervisor.told(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "-1", "12345678901234567890"})
    void whatIsNoProcessIsNobody(String told) {
        assertThat(Supervisor.told(Map.of("SMO_SUPERVISED", told))).isEmpty();
    }
}
