// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Actions of bundles in the name of a caller that are not one change of one resource: admitted and audited as the changes of the core.
 * Methods throw {@link SmoException}.
 */
@ProviderType
public interface AuditedActions {

    /**
     * Announces an action to the audit, does it, and records its outcome. A process that ends meanwhile leaves an entry that says so.
     * The entry of a request that comes again says that it is repeated, if the one before was accepted.
     *
     * @param verb what the caller must be allowed to do with the target
     * @param target what is acted on, of any kind
     * @param word the action without the kind of its target: {@code scale}
     * @param work what is done; by its exception the action has failed
     * @throws SmoException {@code NOT_FOUND} when the caller may not see the target; {@code FORBIDDEN} when they may not do that;
     *     {@code UNAVAILABLE} when this server stands by, or the audit cannot keep the entry; those of the work
     */
    <T> T run(CallContext call, Verb verb, ResourceRef target, String word, Supplier<T> work);

    /**
     * Records an action that was refused before anything of it was done; returns when that is kept. Nothing for the program itself.
     *
     * @param why its message is kept with the entry: never a secret
     * @throws SmoException {@code UNAVAILABLE} when the audit cannot keep the entry
     */
    void refused(CallContext call, ResourceRef target, String word, SmoException why);
}
