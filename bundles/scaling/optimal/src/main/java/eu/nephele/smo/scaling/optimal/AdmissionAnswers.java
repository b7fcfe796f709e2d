// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

/** Takes the answers for services that cannot have what they need. */
interface AdmissionAnswers {

    /**
     * The service keeps its present replicas.
     *
     * @param shortage what is missing
     * @param served who was served before and why; "" if nobody that needs the same
     */
    void refused(HeldDemand held, String shortage, String served);

    /**
     * The service keeps the replicas that are held, fewer than it needs and has.
     *
     * @param served who was served before and why
     */
    void limited(HeldDemand held, String served);
}
