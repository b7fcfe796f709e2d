// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings resources of one kind to what they shall be. Publish an implementation as a service. A kind belongs to the bundle
 * that brought it first, by its symbolic name, as long as that is there; of its versions the highest is asked. When none is there its
 * resources stay as they are.
 */
@ConsumerType
public interface ResourceController {

    /** Service property (String, required): name of the kind. */
    String KIND = "smo.resource.kind";

    /** Returns the description of the kind; called once. */
    ResourceKind kind();

    /**
     * Brings the world a step nearer to what a resource shall be and says how far it is. What is there has to be looked at, not
     * remembered: the process may have been killed after any instruction of the last call, and what it did outside is found again by
     * {@link Resource#key}. Never called by two threads for one resource at a time; other resources are worked on meanwhile.
     *
     * @param resource with {@link Resource#leaving} what is there of it is to be taken away
     * @param call how long it may take
     * @throws eu.nephele.smo.api.port.AdapterException an outside system said no or did not answer; the call is repeated later
     * @throws InterruptedException the call is given up: its time is over, or its bundle goes
     */
    Reconciled reconcile(Resource resource, Reconciliation call) throws InterruptedException;

    /**
     * A desired document that was accepted with a former version of the documents, as it is said now. It is checked against the schema
     * afterwards; a resource whose document does not satisfy it is left as it is until somebody changes it.
     *
     * @param documentVersion that it was accepted with
     */
    default JsonObject upgraded(JsonObject desired, int documentVersion) {
        return desired;
    }
}
