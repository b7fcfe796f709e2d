// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.InfrastructureProvider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class InfrastructureSubsystemTest {

    private static Map.Entry<Map<String, Object>, String> service(long id, String name, int ranking) {
        Map<String, Object> properties =
                new TreeMap<>(Map.of(Constants.SERVICE_ID, id, InfrastructureProvider.CAPACITY_SOURCE, name));
        if (ranking != 0) {
            properties.put(Constants.SERVICE_RANKING, ranking);
        }
        return Map.entry(properties, name + id);
    }

    private static Map<String, String> best(List<Map.Entry<Map<String, Object>, String>> all) {
        Map<String, String> best = new TreeMap<>();
        InfrastructureSubsystem.best(all).forEach((name, found) -> best.put(name, found.getValue()));
        return best;
    }

    @Test
    void theHighestRankingOfANameIsAskedAndOfEqualsTheLatest() {
        assertThat(best(List.of(service(1, "sim", 100), service(2, "sim", 0), service(3, "rack", 0))))
                .isEqualTo(Map.of("sim", "sim1", "rack", "rack3"));
        assertThat(best(List.of(service(2, "sim", 0), service(10, "sim", 0), service(1, "sim", -1))))
                .isEqualTo(Map.of("sim", "sim10"));
    }
}
