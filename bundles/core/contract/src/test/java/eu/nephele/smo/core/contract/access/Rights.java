// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Permissions of callers from outside, as a test sets them, and the audit of their actions. At first they may do
 * everything.
 */
public final class Rights implements AccessControl, Permissions {

    private final List<AuditRecord> told = new CopyOnWriteArrayList<>();
    private volatile Set<Verb> allowed = Set.of(Verb.values());
    private volatile Predicate<ResourceRef> hidden = target -> false;
    private volatile Set<String> hiddenProjects = Set.of();

    /** All callers may do everything again, and the audit is empty. */
    public void reset() {
        allowed = Set.of(Verb.values());
        hidden = target -> false;
        hiddenProjects = Set.of();
        told.clear();
    }

    /** Everybody may do that much from now on. */
    public void allow(Set<Verb> verbs) {
        allowed = Set.copyOf(verbs);
    }

    /** Hides these resources from all callers from now on. */
    public void hide(Predicate<ResourceRef> these) {
        hidden = these;
    }

    /** Hides these projects from all callers from now on. */
    public void hideProjects(Set<String> these) {
        hiddenProjects = Set.copyOf(these);
    }

    /** Records of the audit, oldest first. */
    public List<AuditRecord> told() {
        return List.copyOf(told);
    }

    @Override
    public Permissions permissions() {
        return this;
    }

    @Override
    public AuditTrail audit() {
        return told::add;
    }

    @Override
    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
        return allowIn(call, verb, target.kind(), target.project()) && !hidden.test(target);
    }

    @Override
    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
        return allowed.contains(verb) && !hiddenProjects.contains(project);
    }
}
