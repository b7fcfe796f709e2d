// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaReport;
import eu.nephele.smo.core.contract.quota.QuotaService;
import eu.nephele.smo.core.contract.quota.QuotaUse;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.QuotaStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees and changes quotas, and what is told of them. */
class QuotaDoorsTest extends DoorContract {

    private static final QuotaMember CPU = new QuotaMember("cpu");

    private final Map<String, Map<QuotaMember, Long>> kept = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private AuthorizedQuotaService door;

    private final class InMemoryQuotas implements QuotaStore {

        private Map<QuotaMember, Long> usual = Map.of();

        @Override
        public Map<String, Map<QuotaMember, Long>> all() {
            return Map.copyOf(kept);
        }

        @Override
        public Map<QuotaMember, Long> limits(String project) {
            return kept.getOrDefault(project, usual);
        }

        @Override
        public void put(String project, Map<QuotaMember, Long> limits) {
            kept.put(project, Map.copyOf(limits));
        }

        @Override
        public boolean remove(String project) {
            return kept.remove(project) != null;
        }

        @Override
        public void usual(Map<QuotaMember, Long> limits) {
            usual = Map.copyOf(limits);
        }

        @Override
        public Map<QuotaMember, Long> used(String project) {
            return new HashMap<>(Map.of(QuotaMember.GRAPHS, 2L, CPU, 500L));
        }
    }

    @BeforeAll
    void make() {
        InvocationHandler counts = (proxy, method, arguments) -> new TreeMap<>(Map.of("shop", 2L));
        GraphStore graphs = (GraphStore)
                Proxy.newProxyInstance(GraphStore.class.getClassLoader(), new Class<?>[] {GraphStore.class}, counts);
        door = new AuthorizedQuotaService(
                new InMemoryQuotas(), graphs, QuotaRules.usual("graphs=9", "streams=1"), rights);
        door.tell(told::add);
    }

    @BeforeEach
    void begin() {
        kept.clear();
        kept.put("shop", Map.of(CPU, 1000L));
        told.clear();
    }

    @AfterAll
    void end() {
        door.close();
    }

    @Test
    void aReportHasTheUseOfWhatIsLimitedAndOfWhatIsNot() {
        QuotaReport own = door.find("shop", ANNA);
        assertThat(own.own()).isTrue();
        assertThat(own.members())
                .containsEntry(CPU, new QuotaUse(500, OptionalLong.of(1000)))
                .containsEntry(QuotaMember.GRAPHS, new QuotaUse(2, OptionalLong.empty()))
                .containsEntry(QuotaMember.STREAMS, new QuotaUse(0, OptionalLong.empty()));
        QuotaReport usual = door.find("new", ANNA);
        assertThat(usual.own()).isFalse();
        assertThat(usual.members()).containsEntry(QuotaMember.GRAPHS, new QuotaUse(2, OptionalLong.of(9)));
        assertThat(door.limit("new", QuotaMember.STREAMS)).hasValue(1);
        assertThat(door.limit("shop", QuotaMember.STREAMS)).isEmpty();
    }

    @Test
    void allProjectsWithGraphsOrAQuotaAreListed() {
        kept.put("empty", Map.of());
        assertThat(door.list(ANNA)).extracting(QuotaReport::project).containsExactly("empty", "shop");
        rights.hideProjects(Set.of("shop"));
        rights.hide(target -> target.project().equals("shop"));
        assertThat(door.list(ANNA)).extracting(QuotaReport::project).containsExactly("empty");
    }

    @Test
    void whoWaitsForAQuotaIsToldOfEachChange() {
        door.put("shop", Map.of("cpu", 2000L), ANNA);
        door.remove("shop", ANNA);
        assertThat(told).containsExactly("shop", "shop");
        assertThatThrownBy(() -> door.remove("shop", ANNA))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.NOT_FOUND));
        assertThatThrownBy(() -> door.put("shop", Map.of("cores", 1L), ANNA)).isInstanceOf(SmoException.class);
        assertThat(told).hasSize(2);
        assertThat(kept).isEmpty();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(QuotaService.class, door);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("list", "find").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(String.class, "shop", Map.class, Map.of("cpu", 5L));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return Map.copyOf(kept);
    }
}
