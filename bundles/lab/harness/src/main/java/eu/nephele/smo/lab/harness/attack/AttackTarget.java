// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

record AttackTarget(int number, String host, String token) {

    static final String PROJECT = "attack";
    static final String GRAPHS = "/api/v1/projects/" + PROJECT + "/graphs";

    /** A name that no other case has. */
    String graph() {
        return "a-" + number;
    }

    RawRequest get(String path) {
        return new RawRequest("GET", path).header("Host", host);
    }

    RawRequest request(String method, String path) {
        return new RawRequest(method, path).header("Host", host);
    }

    RawRequest trusted(String method, String path) {
        return request(method, path).header("Authorization", "Bearer " + token);
    }
}
