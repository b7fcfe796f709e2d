// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Absent;
import eu.nephele.smo.lab.testbed.components.Alertmanager;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testbed.components.Prometheus;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import java.io.IOException;
import java.nio.file.Path;

/** Load, Prometheus that reads it, Alertmanager that tells the SMO. */
record Monitoring(LoadExporter load, Door door, Prometheus prometheus, Alertmanager alertmanager) {

    static Monitoring start(WorldSpec spec, Path folder, Binaries binaries, Processes processes)
            throws Absent, IOException, InterruptedException {
        LoadExporter load = new LoadExporter(System::nanoTime);
        Door door = new Door(load);
        try {
            Alertmanager alertmanager = Alertmanager.start(
                    folder.resolve("alertmanager"),
                    spec.smo().resolve("/alerts"),
                    spec.alertsSecret(),
                    binaries,
                    processes);
            Prometheus prometheus = Prometheus.start(
                    folder.resolve("prometheus"), door.port(), alertmanager.port(), binaries, processes);
            return new Monitoring(load, door, prometheus, alertmanager);
        } catch (Absent | IOException | InterruptedException | RuntimeException e) {
            door.close();
            throw e;
        }
    }
}
