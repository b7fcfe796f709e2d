// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody may do everything, on a server that stands by when a test says so; keeps what the audit is told. */
final class InMemoryAccess implements AccessControl {

    static final URI OWNER = URI.create("http://owner.example:8000");

    final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    volatile boolean standby;

    @Override
    public Permissions permissions() {
        return AccessControl.unrestricted().permissions();
    }

    @Override
    public AuditTrail audit() {
        return audit::add;
    }

    @Override
    public void requireTenure() {
        if (standby) {
            throw SmoException.elsewhere("This server stands by", Duration.ofSeconds(1), Optional.of(OWNER));
        }
    }
}
