// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.PoolCalls.ChangeOutcome;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/** Changes of the file of a pool, each with a reload: services come and go, get other bounds and images. */
final class FileChanges {

    private static final String RELOAD = "/containers/config/reload?prune=";
    private static final int MOST_REPLICAS = 4;

    /** How long the pool may not have told the core a number by hand. While it counts there, bounds change it for some time only. */
    private static final Duration BY_HAND = Duration.ofSeconds(30);

    private final ContainersWorld world;
    private final PoolModel model;
    private final PoolCalls calls;
    private final Random random;
    /** Name → port of the services that come and go. */
    private final SortedMap<String, Integer> passing;

    FileChanges(
            ContainersWorld world,
            PoolModel model,
            PoolCalls calls,
            Random random,
            SortedMap<String, Integer> passing) {
        this.world = world;
        this.model = model;
        this.calls = calls;
        this.random = random;
        this.passing = passing;
    }

    /** One change; nobody else may change the pool meanwhile. */
    void change() throws IOException, InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 50) {
            String name = new ArrayList<>(passing.keySet()).get(random.nextInt(passing.size()));
            if (model.find(name).isPresent()) {
                remove(name);
            } else {
                add(name);
            }
            return;
        }
        List<PromisedService> services = new ArrayList<>(model.services());
        PromisedService service = services.get(random.nextInt(services.size()));
        if (dice < 80) {
            bounds(service);
        } else {
            List<String> images = ContainersWorld.IMAGES;
            model.put(service.withImage(images.get(random.nextInt(images.size()))));
            reload("image", service.name(), false);
        }
    }

    private void add(String name) throws IOException, InterruptedException {
        int least = 1 + random.nextInt(2);
        model.put(new PromisedService(
                name,
                passing.getOrDefault(name, 0),
                least,
                MOST_REPLICAS,
                ContainersWorld.IMAGES.get(0),
                least,
                new PromisedService.PromiseTimes(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH)));
        reload("add", name, false);
    }

    private void remove(String name) throws IOException, InterruptedException {
        model.remove(name);
        reload("remove", name, true);
    }

    private void bounds(PromisedService service) throws IOException, InterruptedException {
        int least = 1 + random.nextInt(2);
        int most = least + random.nextInt(MOST_REPLICAS - least + 1);
        Instant now = Instant.now();
        PromisedService next = service.withBounds(least, most, now);
        boolean clamped = next.replicas() != service.replicas();
        if (clamped && (service.times().scaled().plus(BY_HAND).isAfter(now) || calls.isHeld(service.name()))) {
            next = service.withBounds(Math.min(least, service.replicas()), Math.max(most, service.replicas()), now);
        }
        model.put(next);
        reload("bounds", service.name(), false);
    }

    /** Until it is acknowledged: the text is in the file already, where every start of the server finds it. */
    private void reload(String what, String service, boolean prune) throws IOException, InterruptedException {
        world.write(model);
        Optional<ChangeOutcome> last = Optional.empty();
        while (last.flatMap(ChangeOutcome::known).isEmpty()) {
            last = Optional.of(calls.change(RELOAD + prune));
        }
        ChangeOutcome change = last.get();
        if (change.isGood()) {
            calls.acknowledge(change, what, service);
        } else {
            calls.refused(change);
            throw new IllegalStateException("The file was not taken: "
                    + change.known().map(ApiResponse::text).orElse(""));
        }
    }
}
