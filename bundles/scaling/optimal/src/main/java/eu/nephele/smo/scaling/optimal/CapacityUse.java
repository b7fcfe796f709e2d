// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Usage of the scarce resources of one cluster during its decision. One row per resource, CPU first. */
final class CapacityUse {

    /** Resources that are no extended ones, by the number in {@link #amountOf}. */
    private static final List<String> USUAL =
            List.of(Resources.CPU, Resources.MEMORY, Resources.STORAGE, Resources.GPU);

    private final String cluster;
    private final List<String> names;

    /** Place of each row in {@link #names}. */
    private final int[] nameOf;

    private final long[] free;
    private final long[] used;

    /** @param targets resources that none of them needs have no row */
    CapacityUse(ClusterCapacity capacity, Collection<ScalingTarget> targets) {
        Set<String> extended = new TreeSet<>();
        boolean[] needed = new boolean[USUAL.size()];
        for (ScalingTarget target : targets) {
            Resources one = target.perReplica();
            for (int name = 0; name < needed.length; name++) {
                needed[name] |= amountOf(name, one) > 0;
            }
            if (!one.extended().isEmpty()) {
                extended.addAll(one.extended().keySet());
            }
        }
        cluster = capacity.id().name();
        names = Stream.concat(USUAL.stream(), extended.stream()).toList();
        nameOf = IntStream.range(0, names.size())
                .filter(name -> name >= needed.length || needed[name])
                .filter(name -> amountOf(name, capacity.free()) != Resources.UNLIMITED)
                .toArray();
        free = rowsOf(capacity.free());
        used = new long[free.length];
    }

    /** A resource of the cluster. */
    record CapacityRow(CapacityUse use, int row) {

        String shortageText() {
            return use.shortageText(row);
        }
    }

    /** Nothing is held any more. */
    void clear() {
        Arrays.fill(used, 0);
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

    /** How many replicas there would be room for beside nothing else, at most {@code wanted}. */
    int roomAlone(ReplicaNeed need, int wanted) {
        long room = wanted;
        for (int row = 0; row < free.length; row++) {
            if (need.get(row) > 0) {
                room = Math.min(room, free[row] / need.get(row));
            }
        }
        return (int) room;
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

    /** Returns what is left of a resource; negative where it is overfull. */
    long left(int row) {
        return free[row] - used[row];
    }

    boolean isOverfull() {
        for (int row = 0; row < used.length; row++) {
            if (used[row] > free[row]) {
                return true;
            }
        }
        return false;
    }

    long excess(int row) {
        return Math.max(0, used[row] - free[row]);
    }

    int rows() {
        return free.length;
    }

    String resource(int row) {
        return names.get(nameOf[row]);
    }

    String shortageText(int row) {
        return "all services together on %s: %s".formatted(cluster, shortage(row, used[row]));
    }

    String shortageText(int row, ReplicaNeed need, int replicas) {
        return "alone on %s: %s".formatted(cluster, shortage(row, need.get(row) * replicas));
    }

    /** The resource and its cluster, for people. */
    String placeText(int row) {
        return resource(row) + " on " + cluster;
    }

    private String shortage(int row, long needed) {
        return amount(row, needed).shortage(amount(row, free[row]));
    }

    private Resources amount(int row, long amount) {
        return Resources.ofNames(Map.of(resource(row), amount));
    }

    private long[] rowsOf(Resources amounts) {
        long[] rows = new long[nameOf.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = amountOf(nameOf[row], amounts);
        }
        return rows;
    }

    /** By number and not by name, because this is asked for each service and resource. */
    private long amountOf(int name, Resources amounts) {
        return switch (name) {
            case 0 -> amounts.cpuMillis();
            case 1 -> amounts.memoryBytes();
            case 2 -> amounts.storageBytes();
            case 3 -> amounts.gpus();
            default -> amounts.extended().getOrDefault(names.get(name), 0L);
        };
    }
}
