// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the authorized services of a bundle of the core. A call that comes when the bundle has stopped is rejected:
 * callers may keep a service that has left, and a late write would be lost, because its successor has read already. A
 * caller who may not see something gets {@code NOT_FOUND}; one who may not do something, {@code FORBIDDEN}; actions and
 * refusals go to the audit.
 */
public final class Authorizer {

    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    /** Whoever sees next to nothing asks for a page of one: that is no reason to read all others in pages of one. */
    private static final int MOST_AT_ONCE = 200;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String service;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final AccessControl access;
    private final ShutdownGate calls = new ShutdownGate();
    private volatile boolean begun = true;
    private volatile Function<ResourceRef, Optional<String>> digests = target -> Optional.empty();

    Authorizer(String service, AccessControl access) {
        this.service = service;
        this.access = access;
        this.permissions = access.permissions();
        this.audit = access.audit();
    }

    /**
     * Tells the audit what is changed: it keeps the digest of a target before and after each change.
     *
     * @param present hex SHA-256 of the present content of a resource; empty when there is none, or it is not known
     */
    public Authorizer digesting(Function<ResourceRef, Optional<String>> present) {
        digests = present;
        return this;
    }

    /** The bundle changes nothing until it has {@linkplain #begin begun}; reads are answered. */
    public void hold() {
        begun = false;
    }

    /** Changes may come. */
    public void begin() {
        begun = true;
    }

    /** The bundle stops: new calls are rejected, running ones may end, and their actions are recorded. */
    public void end() {
        close();
        int left = awaitLast(PATIENCE);
        if (left > 0) {
            LOG.warn("stopped with unfinished calls part=\"{}\" count={}", service, left);
        }
    }

    /** New calls are rejected. */
    public void close() {
        calls.close();
    }

    /**
     * Waits for the calls inside.
     *
     * @return how many are inside when the time is over
     */
    public int awaitLast(Duration timeout) {
        return calls.awaitLast(timeout);
    }

    /**
     * A read or an action that reveals no resources.
     *
     * @throws SmoException {@code UNAVAILABLE} when the bundle has stopped
     */
    public <T> T inside(Supplier<T> work) {
        if (!calls.enter()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "%s has ended, or is being exchanged; nothing was changed".formatted(service),
                    Optional.of(SOON));
        }
        try {
            return work.get();
        } finally {
            calls.leave();
        }
    }

    /**
     * An action on a resource.
     *
     * @param word the action, for the audit: {@code deploy}
     * @throws SmoException {@code NOT_FOUND} when the caller may not see it, {@code FORBIDDEN} when they may not do
     *     that, {@code UNAVAILABLE} when this server stands by, or the bundle has not begun
     */
    public <T> T change(CallContext call, Verb verb, ResourceRef target, String word, Supplier<T> work) {
        return audited(
                call,
                target,
                word,
                () -> {
                    admit(call, verb, target);
                    requireBegun();
                },
                work);
    }

    private void requireBegun() {
        access.requireTenure();
        if (!begun) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "%s is loading its stored state; nothing was changed, try again".formatted(service),
                    Optional.of(SOON));
        }
    }

    /** The same with what is of this process alone: a server that stands by does it, too. */
    public <T> T operate(CallContext call, Verb verb, ResourceRef target, String word, Supplier<T> work) {
        return audited(call, target, word, () -> admit(call, verb, target), work);
    }

    /**
     * Records an action that a caller of this bundle was refused before it began.
     *
     * @param why its message is kept: never a secret
     */
    public void refused(CallContext call, ResourceRef target, String word, SmoException why) {
        inside(() -> {
            AuditedCall.refused(call, target, word, why).ifPresent(audit::record);
            return target;
        });
    }

    /** Recorded before the call has left: the audit may be closed after the last call. */
    private <T> T audited(CallContext call, ResourceRef target, String word, Runnable admission, Supplier<T> work) {
        return inside(() -> new AuditedCall(
                        audit, call, target, word, () -> digests.apply(target).orElse(""))
                .run(admission, work));
    }

    /**
     * Reads a resource that has to exist.
     *
     * @throws SmoException {@code NOT_FOUND} when the caller may not see it
     */
    public <T> T read(CallContext call, ResourceRef target, Supplier<T> work) {
        return inside(() -> {
            requireSeen(call, target);
            return work.get();
        });
    }

    /** Searches a resource. One that the caller may not see is not found. */
    public <T> Optional<T> find(CallContext call, ResourceRef target, Supplier<Optional<T>> work) {
        return inside(() -> {
            if (sees(call, target)) {
                return work.get();
            }
            noteRefusedRead(call, target);
            return Optional.empty();
        });
    }

    private void requireSeen(CallContext call, ResourceRef target) {
        if (!sees(call, target)) {
            noteRefusedRead(call, target);
            throw notThere(target);
        }
    }

    /** Whoever looks for what they may not see leaves a trace. */
    private void noteRefusedRead(CallContext call, ResourceRef target) {
        AuditedCall.refusedRead(call, target).ifPresent(audit::note);
    }

    /** Resources are listed, of which the caller sees those that they may. */
    public <T> List<T> list(CallContext call, Function<T, ResourceRef> target, Supplier<List<T>> work) {
        return inside(() -> seen(call, target, work.get()));
    }

    /** Reads what is behind an item, in the order of the list. */
    @FunctionalInterface
    public interface PageReader<T> {

        /**
         * @param last the item before, empty for the first ones
         * @param most at most so many
         */
        List<T> read(Optional<T> last, int most);
    }

    /**
     * A page of resources. Invisible resources do not make it shorter: a client takes a short page for the last one.
     *
     * @param limit at most this many, 1 or more
     */
    public <T> List<T> page(CallContext call, Function<T, ResourceRef> target, int limit, PageReader<T> reader) {
        return inside(() -> {
            List<T> page = new ArrayList<>();
            Optional<T> last = Optional.empty();
            int most = limit;
            boolean more = true;
            while (more && page.size() < limit) {
                List<T> read = reader.read(last, most);
                page.addAll(seen(call, target, read));
                last = read.isEmpty() ? last : Optional.of(read.get(read.size() - 1));
                more = read.size() == most;
                most = Math.max(limit, MOST_AT_ONCE);
            }
            return List.copyOf(page.subList(0, Math.min(page.size(), limit)));
        });
    }

    /** Items of a list that the caller may see. */
    public <T> List<T> seen(CallContext call, Function<T, ResourceRef> target, List<T> all) {
        if (call.isInternal() || all.isEmpty()) {
            return all;
        }
        Predicate<ResourceRef> visible = visible(call);
        List<T> seen = new ArrayList<>(all.size());
        for (T item : all) {
            if (visible.test(target.apply(item))) {
                seen.add(item);
            }
        }
        return List.copyOf(seen);
    }

    /** Resources that the caller may see at this moment. Not to be kept. */
    public Predicate<ResourceRef> visible(CallContext call) {
        return call.isInternal() ? any -> true : permissions.allowed(call, Verb.READ);
    }

    /** Returns whether the caller may see a resource. */
    public boolean sees(CallContext call, ResourceRef target) {
        return may(call, Verb.READ, target);
    }

    /** Returns whether the caller may see a graph of which only the text is known. */
    public boolean seesGraph(CallContext call, String projectAndName) {
        int slash = projectAndName.indexOf('/');
        return call.isInternal()
                || (slash > 0
                        && slash < projectAndName.length() - 1
                        && sees(
                                call,
                                new ResourceRef(
                                        ResourceRef.GRAPH,
                                        projectAndName.substring(0, slash),
                                        projectAndName.substring(slash + 1))));
    }

    /**
     * Returns whether the caller may do something with a resource, where what they may not do is left out instead of
     * refused.
     */
    public boolean may(CallContext call, Verb verb, ResourceRef target) {
        return call.isInternal() || permissions.allow(call, verb, target);
    }

    /** Returns whether the caller may see anything of a kind in a project. */
    public boolean seesAny(CallContext call, String kind, String project) {
        return call.isInternal() || permissions.allowIn(call, Verb.READ, kind, project);
    }

    private void admit(CallContext call, Verb verb, ResourceRef target) {
        if (may(call, verb, target)) {
            return;
        }
        if (!sees(call, target)) {
            throw notThere(target);
        }
        String rule =
                permissions.requirement(call, verb, target).map(". "::concat).orElse("");
        throw SmoException.forbidden("%s may see %s, but may not %s it%s"
                .formatted(call.origin().principal(), target, verb.name().toLowerCase(Locale.ROOT), rule));
    }

    private static SmoException notThere(ResourceRef target) {
        return SmoException.notFound("%s not found".formatted(target));
    }
}
