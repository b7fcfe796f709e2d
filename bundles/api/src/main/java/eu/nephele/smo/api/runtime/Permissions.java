// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says who may do what. Asked with each call at the doors of the core, so that a change is felt with the next call; quick, and
 * without calls outward. The program itself ({@link CallContext#isInternal()}) is not asked about.
 */
@ProviderType
public interface Permissions {

    boolean allow(CallContext call, Verb verb, ResourceRef target);

    /** The same for many resources: what holds at this moment is looked up once. Not to be kept. */
    default Predicate<ResourceRef> allowed(CallContext call, Verb verb) {
        return target -> allow(call, verb, target);
    }

    /**
     * Returns whether something of a kind may be done at all in a project: what else it has may not even be counted.
     *
     * @param project "" for what belongs to the whole server
     */
    boolean allowIn(CallContext call, Verb verb, String kind, String project);

    /**
     * The rule that keeps a caller from something it may see, and the smallest grant that would allow it, for people; empty when
     * there is nothing to tell.
     */
    default Optional<String> requirement(CallContext call, Verb verb, ResourceRef target) {
        return Optional.empty();
    }

    /**
     * Compares what a caller may do now with what it might do before, for what stays open, such as streams.
     *
     * @return a text that is another one when that has changed; empty when what the caller is known by no longer counts
     */
    default Optional<String> standing(CallContext call) {
        return Optional.of("");
    }
}
