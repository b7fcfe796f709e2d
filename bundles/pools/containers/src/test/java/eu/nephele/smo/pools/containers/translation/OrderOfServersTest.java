// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The division of the core with the weights of a file is the rule of the original: the fewest of the service, among equals the first of the file. */
class OrderOfServersTest {

    private static final ContainersFile LEAST = Texts.read(Texts.LEAST);

    /** @param names in the order of the file */
    private static Map<String, Integer> weights(List<String> names) {
        ServerEntry one = LEAST.servers().get(0);
        ContainersFile file = LEAST.with(
                names.stream()
                        .map(name -> new ServerEntry(
                                name,
                                one.host(),
                                one.ssh(),
                                one.engine(),
                                one.maxContainers(),
                                one.control(),
                                one.hours()))
                        .toList(),
                LEAST.services());
        JsonValue descriptor = new ServiceDescriptors(Optional.empty())
                .descriptor(file, file.services().get(0), Instant.EPOCH);
        JsonValue service = member(member(descriptor, "hdaGraph"), "services")
                .asArray()
                .orElseThrow()
                .get(0);
        JsonObject said = member(member(member(member(service, "deployment"), "intent"), "spread"), "weights")
                .asObject()
                .orElseThrow();
        Map<String, Integer> weights = new TreeMap<>();
        said.members()
                .forEach((name, weight) ->
                        weights.put(name, weight.asNumber().orElseThrow().intValueExact()));
        return weights;
    }

    private static JsonValue member(JsonValue object, String name) {
        return object.asObject().flatMap(members -> members.get(name)).orElseThrow();
    }

    @Property(tries = 300)
    void oneMoreIsWhereTheOriginalHasIt(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = new ArrayList<>();
        while (names.size() < 1 + Math.floorMod(seed, 7)) {
            String name = "s" + random.nextInt(1000);
            names.add(names.contains(name) ? name + "-" + names.size() : name);
        }
        int[] most = random.ints(names.size(), 1, 9).toArray();
        int[] present =
                Arrays.stream(most).map(room -> random.nextInt(room + 1)).toArray();
        int more = random.nextInt(
                1 + Arrays.stream(most).sum() - Arrays.stream(present).sum());
        int[] expected = present.clone();
        for (int i = 0; i < more; i++) {
            expected[first(expected, most)]++;
        }
        assertThat(divided(names, present, most, more)).isEqualTo(expected);
    }

    /** Of the servers with room, in the order of the file. */
    private static int first(int[] replicas, int[] most) {
        return IntStream.range(0, replicas.length)
                .filter(server -> replicas[server] < most[server])
                .boxed()
                .min((one, other) -> Integer.compare(replicas[one], replicas[other]))
                .orElseThrow();
    }

    /** As the core does, whose clusters are in the order of their names. */
    private static int[] divided(List<String> names, int[] present, int[] most, int more) {
        Map<String, Integer> weights = weights(names);
        List<String> sorted = List.copyOf(weights.keySet());
        int[] at = sorted.stream().mapToInt(names::indexOf).toArray();
        int[] shares = ReplicaDivision.divide(
                        more + Arrays.stream(present).sum(),
                        weights.values().stream().mapToDouble(weight -> weight).toArray(),
                        Arrays.stream(at).map(server -> present[server]).toArray(),
                        Arrays.stream(at).map(server -> most[server]).toArray())
                .orElseThrow();
        int[] inFile = new int[shares.length];
        IntStream.range(0, at.length).forEach(i -> inFile[at[i]] = shares[i]);
        return inFile;
    }

    @Test
    void theLastOfAThousandServersWithAHundredContainersIsNoExceptionToTheFewest() {
        List<String> names =
                IntStream.range(0, 1000).mapToObj(i -> "s" + (1999 - i)).toList();
        int[] full = new int[1000];
        Arrays.fill(full, 100);
        int[] one = full.clone();
        Arrays.setAll(one, i -> 99);
        int[] expected = one.clone();
        Arrays.fill(expected, 0, 500, 100);
        assertThat(divided(names, new int[1000], full, 99_500)).isEqualTo(expected);
    }
}
