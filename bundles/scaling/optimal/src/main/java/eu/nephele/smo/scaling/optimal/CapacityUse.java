// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Usage of the scarce resources of one cluster during its decision. One row per resource, CPU first. */
final class CapacityUse {

    private final String cluster;
    private final List<String> resources;
    private final long[] free;
    private final long[] used;

    CapacityUse(ClusterCapacity capacity, Collection<ScalingTarget> targets) {
        Set<String> extended = new TreeSet<>();
        targets.forEach(target -> extended.addAll(target.perReplica().extended().keySet()));
        cluster = capacity.id().name();
        resources = Stream.concat(
                        Stream.of(Resources.CPU, Resources.MEMORY, Resources.STORAGE, Resources.GPU), extended.stream())
                .filter(name -> amountOf(name, capacity.free()) != Resources.UNLIMITED)
                .toList();
        free = rowsOf(capacity.free());
        used = new long[free.length];
    }

    ReplicaNeed needOf(ScalingTarget target) {
        return new ReplicaNeed(rowsOf(target.perReplica()));
    }

    /** @throws ArithmeticException if the amounts exceed a long */
    void hold(ReplicaNeed need, int replicas) {
        for (int row = 0; row < used.length; row++) {
            used[row] = Math.addExact(used[row], Math.multiplyExact(need.get(row), (long) replicas));
        }
    }

    void release(ReplicaNeed need, int replicas) {
        for (int row = 0; row < used.length; row++) {
            used[row] -= need.get(row) * replicas;
        }
    }

    /** Returns the first overfull row among those that the need uses. */
    OptionalInt overfull(ReplicaNeed need) {
        for (int row = 0; row < used.length; row++) {
            if (need.get(row) > 0 && used[row] > free[row]) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the first row whose free amount is too small even for these replicas alone. */
    OptionalInt tooSmallFor(ReplicaNeed need, int replicas) {
        for (int row = 0; row < free.length; row++) {
            if (need.get(row) > 0 && replicas > free[row] / need.get(row)) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }

    /** How many more replicas there is room for, at most {@code wanted}. */
    int roomFor(ReplicaNeed need, int wanted) {
        long room = wanted;
        for (int row = 0; row < free.length; row++) {
            if (need.get(row) > 0) {
                room = Math.min(room, Math.max(0, free[row] - used[row]) / need.get(row));
            }
        }
        return (int) room;
    }

    long excess(int row) {
        return Math.max(0, used[row] - free[row]);
    }

    int rows() {
        return free.length;
    }

    String resource(int row) {
        return resources.get(row);
    }

    String shortageText(int row) {
        return "all services together on %s: %s".formatted(cluster, shortage(row, used[row]));
    }

    String shortageText(int row, ReplicaNeed need, int replicas) {
        return "alone on %s: %s".formatted(cluster, shortage(row, need.get(row) * replicas));
    }

    private String shortage(int row, long needed) {
        return amount(row, needed).shortage(amount(row, free[row]));
    }

    private Resources amount(int row, long amount) {
        return Resources.ofNames(Map.of(resource(row), amount));
    }

    private long[] rowsOf(Resources amounts) {
        return resources.stream().mapToLong(name -> amountOf(name, amounts)).toArray();
    }

    private static long amountOf(String resource, Resources amounts) {
        return switch (resource) {
            case Resources.CPU -> amounts.cpuMillis();
            case Resources.MEMORY -> amounts.memoryBytes();
            case Resources.STORAGE -> amounts.storageBytes();
            case Resources.GPU -> amounts.gpus();
            default -> amounts.extended().getOrDefault(resource, 0L);
        };
    }
}
