// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberedStatementTest {

    @Test
    void numberedParametersMayComeInAnyOrderAndMoreThanOnce() {
        NumberedStatement numbered = NumberedStatement.of("update t set a = ?2 where b = ?12 and c = ?1 and d = ?2");

        assertThat(numbered.statement()).isEqualTo("update t set a = ? where b = ? and c = ? and d = ?");
        assertThat(numbered.numbers()).containsExactly(2, 12, 1, 2);
    }

    @Test
    void plainOnesComeInTheirOrder() {
        NumberedStatement numbered = NumberedStatement.of("insert into t (a, b) values (?, ?)");

        assertThat(numbered.statement()).isEqualTo("insert into t (a, b) values (?, ?)");
        assertThat(numbered.numbers()).containsExactly(1, 2);
        assertThat(NumberedStatement.of("select 1").numbers()).isEmpty();
    }
}
