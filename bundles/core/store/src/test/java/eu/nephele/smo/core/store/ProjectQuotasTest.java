// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import javax.persistence.EntityTransaction;
import javax.persistence.Query;
import org.junit.jupiter.api.Test;

class ProjectQuotasTest {

    private final List<Object[]> rows = new ArrayList<>();
    private final EntityManager entities = mock(EntityManager.class);
    private final Query query = mock(Query.class);
    private boolean owner;
    private final ProjectQuotas quotas = new ProjectQuotas(() -> owner);

    private Map<QuotaMember, Long> limits() {
        when(entities.getTransaction()).thenReturn(mock(EntityTransaction.class));
        when(entities.createNativeQuery(anyString())).thenReturn(query);
        when(query.getResultList()).thenReturn(rows);
        return quotas.limits(new Sql(entities), "shop");
    }

    private void setGraphs(long limit) {
        rows.clear();
        rows.add(new Object[] {"shop", "graphs", limit});
    }

    @Test
    void whatAStandbyHasReadDoesNotCountWhenItHasTakenOver() {
        setGraphs(9);
        assertThat(limits()).containsValue(9L);
        // by the owner of that time
        setGraphs(5);
        owner = true;
        assertThat(limits()).containsValue(5L);
    }

    @Test
    void anOwnerReadsOnceAndAgainAfterAChange() {
        owner = true;
        setGraphs(9);
        assertThat(limits()).containsValue(9L);
        setGraphs(5);
        assertThat(limits()).as("in memory").containsValue(9L);
        quotas.forget();
        assertThat(limits()).containsValue(5L);
    }

    @Test
    void whatWasReadInAnEarlierTimeAsOwnerIsForgotten() {
        owner = true;
        setGraphs(9);
        assertThat(limits()).containsValue(9L);
        owner = false;
        setGraphs(7);
        assertThat(limits()).containsValue(7L);
        setGraphs(5);
        owner = true;
        assertThat(limits()).containsValue(5L);
    }
}
