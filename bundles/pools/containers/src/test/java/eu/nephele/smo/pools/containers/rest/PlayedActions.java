// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The authorizer of the core with a trail in memory, which a process that dies leaves as it is. */
final class PlayedActions implements AuditedActions {

    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final List<AuditRecord> open = new CopyOnWriteArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Authorizer authorizer;

    PlayedActions(Permissions permissions) {
        authorizer = new AccessControl() {
            @Override
            public Permissions permissions() {
                return permissions;
            }

            @Override
            public AuditTrail audit() {
                return new KeptTrail();
            }
        }.authorizer("The test");
    }

    private final class KeptTrail implements AuditTrail {

        @Override
        public void record(AuditRecord entry) {
            keep(entry);
        }

        @Override
        public AuditedChange begin(AuditRecord intended) {
            open.add(intended);
            return done -> {
                open.remove(intended);
                keep(done);
            };
        }
    }

    /** As the chain does: what was accepted before is repeated. */
    private void keep(AuditRecord entry) {
        boolean again =
                entry.outcome().equals("accepted") && !entry.request().isEmpty() && !accepted.add(entry.request());
        entries.add("%s %s %s %s%s"
                .formatted(
                        entry.principal(),
                        entry.action(),
                        entry.target(),
                        again ? "repeated" : entry.outcome(),
                        entry.detail().isEmpty() ? "" : " " + entry.detail()));
    }

    /** Who did what, with which outcome, and why not. */
    List<String> entries() {
        return entries;
    }

    /** What was announced and has no outcome. */
    List<String> open() {
        return open.stream().map(AuditRecord::action).toList();
    }

    @Override
    public <T> T run(CallContext call, Verb verb, ResourceRef target, String word, Supplier<T> work) {
        return authorizer.change(call, verb, target, word, work);
    }

    @Override
    public void refused(CallContext call, ResourceRef target, String word, SmoException why) {
        authorizer.refused(call, target, word, why);
    }
}
