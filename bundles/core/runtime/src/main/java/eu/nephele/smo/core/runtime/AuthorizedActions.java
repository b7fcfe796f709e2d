// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.function.Supplier;

/** The authorizer of the runtime, for bundles that bring kinds. */
final class AuthorizedActions implements AuditedActions {

    private final Authorizer authorizer;

    AuthorizedActions(Authorizer authorizer) {
        this.authorizer = authorizer;
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
