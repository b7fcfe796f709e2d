// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.JoiningMember;
import eu.nephele.smo.lab.testbed.components.KarmadaPrograms;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.players.ApiServer;
import eu.nephele.smo.lab.testbed.players.KarmadaControl;
import eu.nephele.smo.lab.testbed.players.ObjectKinds;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real Karmada on an API server of the test bed. The README says which of its parts were ever run. */
final class RealKarmada implements KarmadaControl {

    private static final int SECONDS = 60;
    private static final int DEPTH = 2;
    /** The controllers retry a failed step with growing delays. */
    private static final int MEMBER_SECONDS = 120;

    private final KarmadaPrograms programs;

    private RealKarmada(KarmadaPrograms programs) {
        this.programs = programs;
    }

    /**
     * Starts its programs in their order, lets members join and waits until each can be asked through the control plane.
     *
     * @param host the control plane without controllers, which start when the kinds of Karmada are there
     */
    static RealKarmada start(
            KubernetesServer host, ApiServer client, List<JoiningMember> members, KarmadaPrograms programs)
            throws IOException, InterruptedException {
        RealKarmada karmada = new RealKarmada(programs);
        try {
            karmada.prepare(host, client);
            for (JoiningMember member : members) {
                programs.join(member);
            }
            for (JoiningMember member : members) {
                client.awaitAnswer(KarmadaObjects.readiness(member.name()), MEMBER_SECONDS);
            }
            return karmada;
        } catch (IOException | InterruptedException | RuntimeException e) {
            karmada.close(); // the message names the programs that ended
            throw e;
        }
    }

    private void prepare(KubernetesServer host, ApiServer client) throws IOException, InterruptedException {
        String authority = Files.readString(host.authority());
        for (Path definition : definitions(programs.definitions())) {
            ObjectKinds.create(client, Files.readString(definition));
        }
        client.apply(KarmadaObjects.namespace());
        host.startControllers();
        programs.startAggregatedApiServer();
        KarmadaObjects.aggregation(programs.aggregatedPort(), authority).forEach(client::create);
        client.awaitAnswer(KarmadaObjects.CLUSTERS_PATH, SECONDS);
        KarmadaObjects.proxyRights(host.administrator()).forEach(client::apply);
        programs.startWebhook();
        KarmadaObjects.webhooks(programs.webhook(), authority).forEach(client::apply);
        programs.startControllerManager();
        programs.startScheduler();
    }

    /**
     * Definitions below {@code bases}, where a release has them beside patches, whose archive has a folder of its own; else
     * all.
     */
    static List<Path> definitions(Path folder) throws IOException {
        Path bases;
        try (Stream<Path> found = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            bases = found.filter(Files::isDirectory)
                    .filter(path -> path.endsWith("bases"))
                    .findFirst()
                    .orElse(folder);
        }
        try (Stream<Path> files = Files.walk(bases, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(folder + " has no definitions of kinds: unpack crds.tar.gz of a release there");
            }
            return found;
        }
    }

    @Override
    public void setControllersRunning(boolean running) throws IOException, InterruptedException {
        if (running) {
            programs.startControllerManager();
        } else {
            programs.kill("karmada-controller-manager");
        }
    }

    @Override
    public void setSchedulerRunning(boolean running) throws IOException, InterruptedException {
        if (running) {
            programs.startScheduler();
        } else {
            programs.kill("karmada-scheduler");
        }
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
