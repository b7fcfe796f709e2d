// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a server stores in: chosen by one file in DATA/etc and nothing else. */
enum Database {
    /** Embedded: no configuration at all. */
    H2 {
        @Override
        void configure(Path data) {
            // the default
        }
    },
    POSTGRESQL {
        @Override
        void configure(Path data) {
            try {
                Path etc = Files.createDirectories(data.resolve("etc"));
                Files.writeString(etc.resolve("eu.nephele.smo.core.store.cfg"), Postgres.newSchema(data));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    };

    abstract void configure(Path data);

    /** A new data directory whose server uses this database, empty. */
    Path freshData() {
        Path data = Distribution.freshFolder("data");
        configure(data);
        return data;
    }
}
