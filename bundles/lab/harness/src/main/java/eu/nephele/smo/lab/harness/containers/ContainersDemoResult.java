// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the demo has shown.
 *
 * @param all requests of the whole demo
 * @param atKill those from the kill of a container until its place was taken
 * @param duringUpdate those of the rolling update
 * @param servers with an engine
 * @param scaledUpTo replicas under the load
 * @param scaledDownTo replicas after the load
 * @param replaced containers that were killed and whose place was taken
 * @param updated containers with the new image that serve
 * @param times how long it took
 * @param serverMegabytes memory of the SMO that is in the machine
 * @param balancerMegabytes the same of all processes of HAProxy
 */
public record ContainersDemoResult(
        LoadTally all,
        LoadTally atKill,
        LoadTally duringUpdate,
        int servers,
        int scaledUpTo,
        int scaledDownTo,
        int replaced,
        int updated,
        StepTimes times,
        long serverMegabytes,
        long balancerMegabytes) {

    /**
     * Times of steps in seconds.
     *
     * @param checkInterval between two decisions, of the file
     * @param loadToServed from the moment at which the load rose until a new replica answered its first request
     * @param thresholdToServed the part of it from the first measurement at or over the threshold on; containers are
     *     measured every three seconds
     * @param decisionToServed the part of it from the decision on
     * @param killToReplaced until as many replicas as before serve
     * @param update until all replicas have the new image and no request is answered by an old one
     * @param whole of the demo
     */
    public record StepTimes(
            double checkInterval,
            double loadToServed,
            double thresholdToServed,
            double decisionToServed,
            double killToReplaced,
            double update,
            double whole) {}

    /** Requests that failed though no container was killed: none may. */
    public long failedWithoutKill() {
        return all.failed() - atKill.failed();
    }

    /** One line. */
    public String json() {
        ObjectNode line = new JsonMapper().createObjectNode();
        line.put("requests", all.requests())
                .put("failedRequests", all.failed())
                .put("failedAtKill", atKill.failed())
                .put("failedDuringUpdate", duringUpdate.failed())
                .put("requestsDuringUpdate", duringUpdate.requests())
                .put("replaced", replaced)
                .put("updated", updated)
                .put("balancer", "haproxy")
                .put("hosts", "podman")
                .put("servers", servers)
                .put("scaledUpTo", scaledUpTo)
                .put("scaledDownTo", scaledDownTo)
                .put("checkIntervalSeconds", times.checkInterval())
                .put("loadToServedSeconds", rounded(times.loadToServed()))
                .put("thresholdToServedSeconds", rounded(times.thresholdToServed()))
                .put("decisionToServedSeconds", rounded(times.decisionToServed()))
                .put("killToReplacedSeconds", rounded(times.killToReplaced()))
                .put("updateSeconds", rounded(times.update()))
                .put("smoMegabytes", serverMegabytes)
                .put("haproxyMegabytes", balancerMegabytes)
                .put("sumMegabytes", serverMegabytes + balancerMegabytes)
                .put("seconds", rounded(times.whole()));
        return line.toString();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
