// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.chaos.ChaosFinding.ChaosKind;
import eu.nephele.smo.lab.harness.server.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSurvivorsTest {

    @TempDir
    Path folder;

    @Test
    void aProcessThatLivesOnWhenItsServerIsKilledIsFoundUntilItEnds() throws Exception {
        List<String> server = List.of("sh", "-c", "sleep 60 & echo '{\"event\":\"ready\"}'; wait");
        ChildProcess child = ChildProcess.start("server", server, folder.resolve("log"));
        child.awaitReady(10);
        WorkerSurvivors workers = new WorkerSurvivors();
        List<ProcessHandle> own = child.kill();
        workers.killed(own);
        assertThat(workers.findings()).extracting(ChaosFinding::kind).containsExactly(ChaosKind.ORPHANED);
        own.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : own) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(workers.findings()).isEmpty();
    }
}
