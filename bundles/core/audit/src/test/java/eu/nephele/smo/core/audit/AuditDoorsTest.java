// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.audit.AuditSettings.AuditPolicy;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditService;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class AuditDoorsTest extends DoorContract {

    private final ChainFixture database;
    private final DurableTrail trail;
    private final AuditService audit;

    AuditDoorsTest() throws IOException, SQLException {
        Path data = Files.createTempDirectory("audit");
        database = new ChainFixture(data);
        trail = database.trail(AuditPolicy.BLOCK);
        database.stores
                .audit()
                .write(new AuditBatch(
                        1,
                        List.of(new AuditDraft("one", ChainFixture.entry("accepted"), false)),
                        List.of(),
                        Optional.empty()));
        database.stores
                .audit()
                .addKey(SealSigner.from(data.resolve("etc/audit.key"), Instant.now())
                        .key());
        audit = new AuthorizedAuditService(database.stores.audit(), trail, rights);
    }

    @AfterAll
    void close() {
        trail.close();
        database.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(AuditService.class, audit);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return true;
    }

    @Override
    protected Object stored() {
        return database.chain();
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        return method.getParameterTypes()[index] == AuditQuery.class
                ? AuditQuery.after(0)
                : super.argument(method, index);
    }
}
