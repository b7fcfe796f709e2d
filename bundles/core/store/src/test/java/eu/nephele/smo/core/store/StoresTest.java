// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The stores as embedding programs use them. */
class StoresTest {

    @Test
    void aListOfManyGraphsIsOneStatement() throws SQLException {
        AtomicInteger statements = new AtomicInteger();
        try (Stores plain = Stores.inMemory("many");
                Stores counted = Stores.open(counting("jdbc:h2:mem:many;MODE=PostgreSQL", statements))) {
            for (int i = 0; i < 1000; i++) {
                plain.graphs().insert(Samples.desired(Samples.graph("g" + i)), TransactionalWrites.NOTHING);
            }
            statements.set(0);

            assertThat(counted.graphs().list()).hasSize(1000);
            assertThat(statements).hasValue(1);
        }
    }

    @Test
    void saysWhatToChangeWhenTheModeOfH2IsNotRight() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");

        assertThatThrownBy(() -> Stores.open(h2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Add ;MODE=PostgreSQL to its url.");
    }

    @Test
    void saysWhatToChangeWhenThePostgresqlDriverTypesTexts() {
        try (HikariDataSource strict = new HikariDataSource()) {
            strict.setJdbcUrl(Postgres.newSchema());

            assertThatThrownBy(() -> Stores.open(strict))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("Add stringtype=unspecified to its url.");
        }
    }

    private static DataSource counting(String url, AtomicInteger statements) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        h2.setUser("sa");
        return proxy(
                DataSource.class,
                h2,
                (name, result) -> name.equals("getConnection")
                        ? proxy(Connection.class, (Connection) result, (method, statement) -> {
                            statements.addAndGet(method.equals("prepareStatement") ? 1 : 0);
                            return statement;
                        })
                        : result);
    }

    private static <T> T proxy(Class<T> type, T target, Interceptor interceptor) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return interceptor.after(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private interface Interceptor {
        Object after(String method, Object result);
    }
}
