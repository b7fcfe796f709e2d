// SPDX-License-Identifier: Apache-2.0
/** How well profiles of services are learned, and what scaling gains from it. */
package eu.nephele.smo.lab.harness.profiles;
