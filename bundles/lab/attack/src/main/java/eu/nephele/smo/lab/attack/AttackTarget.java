// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

/**
 * Where a case goes, and as whom.
 *
 * @param number of the case
 * @param host value of the header Host
 * @param token of the administrator
 */
record Target(int number, String host, String token) {

    static final String PROJECT = "attack";
    static final String GRAPHS = "/api/v1/projects/" + PROJECT + "/graphs";

    /** A name that no other case has. */
    String graph() {
        return "a-" + number;
    }

    Request get(String path) {
        return new Request("GET", path).header("Host", host);
    }

    Request request(String method, String path) {
        return new Request(method, path).header("Host", host);
    }

    /** As the administrator. */
    Request trusted(String method, String path) {
        return request(method, path).header("Authorization", "Bearer " + token);
    }
}
