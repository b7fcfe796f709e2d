// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The usual case: one server, which is killed, or disturbed instead. */
final class SingleServer implements Victim {

    private final ServerProcess server;
    private final Path data;
    private final Optional<Disturbance> disturbance;
    private final ServerApi api;
    private final KillTarget killTarget;
    private final ServerKiller killer;

    SingleServer(
            ServerProcess server,
            Path data,
            Optional<Disturbance> disturbance,
            PromiseLedger ledger,
            Random random,
            ChaosPace pace) {
        this.server = server;
        this.data = data;
        this.disturbance = disturbance;
        this.api = new ServerApi(server.url());
        this.killTarget = new KillTarget(api);
        this.killer = new ServerKiller(server, killTarget, ledger, random, pace);
    }

    @Override
    public ServerApi api() {
        return api;
    }

    @Override
    public KillTarget aim() {
        return killTarget;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        server.awaitReady();
    }

    @Override
    public Optional<String> hit(int number) throws IOException, InterruptedException {
        if (disturbance.isEmpty()) {
            return Optional.of(killer.kill(number));
        }
        killer.awaitService();
        disturbance.get().disturb(server.url(), data, number);
        return Optional.empty();
    }

    @Override
    public Kills kills() throws IOException, InterruptedException {
        return killer.kills();
    }

    @Override
    public List<ChaosFinding> findings() {
        return server.workers().findings();
    }

    @Override
    public long workersOutliveMillis() {
        return server.workers().longestMillis();
    }

    @Override
    public void close() {
        server.close();
    }
}
