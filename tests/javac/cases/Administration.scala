package com.example.sc.administration

import java.util.Collections
import org.apache.kafka.clients.admin.{Admin, Config, NewTopic}
import org.apache.kafka.common.config.ConfigResource

class Administration(admin: Admin) {
  def old(configs: java.util.Map[ConfigResource, Config]): Unit = admin.alterConfigs(configs).all().get()

  def create(): Unit =
    admin.createTopics(Collections.singleton(new NewTopic("orders", 3, 1.toShort))).all().get()

  def described(): Int =
    admin.describeTopics(Collections.singleton("orders")).all().get().size()
}
