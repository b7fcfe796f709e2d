// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.control.Surroundings;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server around the adapter has: a tenure that can end, a balancer or none, and secrets. */
final class PlayedSurroundings implements Surroundings {

    volatile Optional<LoadBalancer> balancer = Optional.empty();
    volatile Duration left = Duration.ofHours(1);
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    final List<WorkloadRef> replaced = new CopyOnWriteArrayList<>();

    final Tenure tenure = new Tenure() {
        @Override
        public String holder() {
            return "test";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return left;
        }
    };

    @Override
    public Optional<String> secret(String reference) {
        return Optional.ofNullable(secrets.get(reference));
    }

    @Override
    public Optional<Tenure> tenure() {
        return Optional.of(tenure);
    }

    @Override
    public Optional<LoadBalancer> balancer() {
        return balancer;
    }

    @Override
    public void replaced(ClusterId server, WorkloadRef workload) {
        replaced.add(workload);
    }
}
