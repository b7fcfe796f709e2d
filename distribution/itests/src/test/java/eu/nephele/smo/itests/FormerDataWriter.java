// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Makes the data that {@link FormerDataIT} opens, once per version, before what it stores changes: {@code mvn verify
 * -pl distribution/itests -Dit.test=FormerDataWriter -Dsmo.former=VERSION}. For PostgreSQL that of {@code SMO_TEST_POSTGRES_URL}, and
 * {@code pg_dump} on the path. Not a test of its own: no run of all tests has it.
 */
class FormerDataWriter {

    private static final String VERSION = "smo.former";
    private static final long MOST_BYTES = 1 << 20;

    @ParameterizedTest
    @EnumSource(Database.class)
    void writesOneOfEverything(Database database) throws Exception {
        String version = Optional.ofNullable(System.getProperty(VERSION))
                .orElseThrow(() -> new IllegalStateException(VERSION + " says which version this is"));
        Path data = database.freshData();
        Files.createDirectories(data.resolve("etc"));
        FormerWorld.configure(new Settings(data));
        int port = Distribution.freePort();
        ObjectNode facts;
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            facts = new FormerWorld(port, data).fill();
            server.kill();
        }
        if (database == Database.POSTGRESQL) {
            String configuration = Files.readString(data.resolve("etc/eu.nephele.smo.core.store.cfg"));
            Files.writeString(data.resolve(FormerData.DUMP), Postgres.dump(configuration));
        }
        Path file = FormerData.file(version, database);
        FormerData.pack(data, facts, file);
        assertThat(Files.size(file)).isLessThan(MOST_BYTES);
    }
}
