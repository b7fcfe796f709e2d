// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

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
    private final Api api;
    private final Aim aim;
    private final Killer killer;

    /**
     * @param data its folder
     * @param disturbance what is done to it instead of killing it
     */
    SingleServer(
            ServerProcess server,
            Path data,
            Optional<Disturbance> disturbance,
            Ledger ledger,
            Random random,
            Pace pace) {
        this.server = server;
        this.data = data;
        this.disturbance = disturbance;
        this.api = new Api(server.url());
        this.aim = new Aim(api);
        this.killer = new Killer(server, aim, ledger, random, pace);
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public Aim aim() {
        return aim;
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
    public List<Finding> findings() {
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
