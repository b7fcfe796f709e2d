// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.nio.file.Path;
import java.util.stream.Stream;

/** What a server stores in: chosen by one file in DATA/etc and nothing else. */
enum Database {
    /** Embedded: no configuration at all. */
    H2 {
        @Override
        Path freshData() {
            return Distribution.freshFolder("data");
        }
    },
    POSTGRESQL {
        @Override
        Path freshData() {
            Path password = Distribution.freshFolder("secret").resolve("database.password");
            return Distribution.freshData("eu.nephele.smo.core.store", Postgres.newSchema(password));
        }
    };

    /** The embedded one, and all with {@code ./smo test --real}: that all keep the same is a contract which the tests of the store check. */
    static Stream<Database> ofThisRun() {
        return Boolean.getBoolean(Real.PROPERTY) ? Stream.of(values()) : Stream.of(H2);
    }

    /** A new data directory whose server uses this database, empty. */
    abstract Path freshData();
}
