// SPDX-License-Identifier: Apache-2.0
/** How fast an audit chain is written and verified, and whether falsifications of it are found. */
package eu.nephele.smo.lab.harness.audit;
