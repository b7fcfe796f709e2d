// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Alertmanager;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testbed.components.Prometheus;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import java.io.IOException;
import java.nio.file.Path;

/** Load, Prometheus that scrapes it, Alertmanager that notifies the SMO. */
record TestbedMonitoring(LoadExporter load, ControlServer door, Prometheus prometheus, Alertmanager alertmanager) {

    static TestbedMonitoring start(WorldSpec spec, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        LoadExporter load = new LoadExporter(System::nanoTime);
        ControlServer controlServer = new ControlServer(load);
        try {
            Alertmanager alertmanager = Alertmanager.start(
                    folder.resolve("alertmanager"),
                    spec.smo().resolve("/alerts"),
                    spec.alertsSecret(),
                    binaries,
                    processes);
            Prometheus prometheus = Prometheus.start(
                    folder.resolve("prometheus"), controlServer.port(), alertmanager.port(), binaries, processes);
            return new TestbedMonitoring(load, controlServer, prometheus, alertmanager);
        } catch (MissingComponentException | IOException | InterruptedException | RuntimeException e) {
            controlServer.close();
            throw e;
        }
    }
}
