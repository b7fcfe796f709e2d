// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.pools.containers.rules.ServerRules.RunningContainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRulesTest {

    /** Servers a, b, c with their containers of all services and of this one; each takes 12. */
    @ParameterizedTest(name = "all {0}, of the service {1}, at most {2}: {3}")
    @CsvSource({
        "0 0 0, 0 0 0, , a",
        "5 5 5, 1 0 1, , b",
        "5 5 5, 1 1 0, , c",
        "5 9 1, 1 0 0, , b",
        "12 5 5, 0 1 1, , b",
        "12 12 11, 0 0 9, , c",
        "12 12 12, 0 0 0, ,",
        "13 12 12, 0 0 0, ,",
        "5 5 5, 3 3 2, 3, c",
        "5 5 5, 3 3 3, 3,",
        "12 5 5, 2 3 3, 3,",
    })
    void oneMoreGoesWhereTheFewestAre(String all, String ofService, Integer most, String expected) {
        OptionalInt maxPerServer = most == null ? OptionalInt.empty() : OptionalInt.of(most);
        assertThat(ServerRules.forOneMore(servers(all, ofService), maxPerServer).map(ServerLoad::name))
                .isEqualTo(Optional.ofNullable(expected));
    }

    private static List<ServerLoad> servers(String all, String ofService) {
        List<ServerLoad> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(new ServerLoad(
                    "abc".substring(i, i + 1),
                    12,
                    Integer.parseInt(all.split(" ")[i]),
                    Integer.parseInt(ofService.split(" ")[i])));
        }
        return servers;
    }

    /** That is why weights of 1 make the division of the core do the same. */
    @Property(tries = 500)
    void oneAfterTheOtherIsTheDivisionByEqualWeights(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 6) Integer> rooms,
            @ForAll @IntRange(max = 20) int replicas) {
        int[] shares = new int[rooms.size()];
        boolean placed = true;
        for (int i = 0; i < replicas && placed; i++) {
            List<ServerLoad> servers = new ArrayList<>();
            for (int s = 0; s < shares.length; s++) {
                servers.add(new ServerLoad(Integer.toString(s), rooms.get(s), shares[s], shares[s]));
            }
            Optional<ServerLoad> server = ServerRules.forOneMore(servers, OptionalInt.empty());
            server.ifPresent(one -> shares[Integer.parseInt(one.name())]++);
            placed = server.isPresent();
        }
        double[] weights = new double[shares.length];
        Arrays.fill(weights, 1);
        Optional<int[]> divided = ReplicaDivision.divide(
                replicas,
                weights,
                new int[shares.length],
                rooms.stream().mapToInt(Integer::intValue).toArray());

        assertThat(divided.isPresent()).isEqualTo(placed);
        divided.ifPresent(expected -> assertThat(shares).containsExactly(expected));
    }

    @Test
    void theNewestOfTheMostLoadedServerGoes() {
        List<RunningContainer> web = List.of(
                container("1", "a", 10), container("2", "b", 20), container("3", "b", 30), container("4", "c", 40));

        assertThat(removed("5 9 5", web)).contains("3");
        assertThat(removed("5 5 9", web)).contains("4");
        // equals: the first listed
        assertThat(removed("9 9 9", web)).contains("1");
        // the most loaded has none of the service
        assertThat(removed("5 6 9", web.subList(0, 3))).contains("3");
    }

    @Test
    void ofEquallyNewOnesOneIsChosenByItsId() {
        List<RunningContainer> web = List.of(container("2", "a", 10), container("1", "a", 10));
        assertThat(removed("5 5 5", web)).contains("2");
        assertThat(removed("5 5 5", List.of(web.get(1), web.get(0)))).contains("2");
    }

    @Test
    void nothingGoesBelowTheMinimum() {
        List<RunningContainer> web = List.of(container("1", "a", 10), container("2", "b", 20));
        assertThat(ServerRules.toRemove(servers("5 5 5", "1 1 0"), web, 2)).isEmpty();
        assertThat(ServerRules.toRemove(servers("5 5 5", "1 1 0"), List.of(), 0)).isEmpty();
    }

    @Test
    void whatRunsOnAServerThatIsNotInTheFileIsLeftAlone() {
        assertThat(removed("5 5 5", List.of(container("1", "z", 10), container("2", "z", 10)))).isEmpty();
    }

    private static RunningContainer container(String id, String server, long second) {
        return new RunningContainer(id, server, Instant.ofEpochSecond(second));
    }

    private static Optional<String> removed(String all, List<RunningContainer> ofService) {
        return ServerRules.toRemove(servers(all, "0 0 0"), ofService, 1).map(RunningContainer::id);
    }

    @ParameterizedTest(name = "{0} is of {1}")
    @CsvSource({
        "web-1700000000-0a1b2c3d, web",
        "/web-1700000000-0a1b2c3d, web",
        "web-2-1700000000-0a1b2c3d, web-2",
        "web-1700000000-0A1B2C3D,",
        "web-1700000000-0a1b2c3,",
        "web-170000000-0a1b2c3d,",
        "web,",
        "-1700000000-0a1b2c3d,",
        "web-1700000000-0a1b2c3d-x,",
    })
    void containersOfTheOriginalAreKnownByTheirWholeName(String name, String service) {
        Optional<OriginalContainerName> read = OriginalContainerName.parse(name);
        assertThat(read.map(OriginalContainerName::service)).isEqualTo(Optional.ofNullable(service));
        read.ifPresent(known -> assertThat(name).endsWith(known.toString()));
    }
}
